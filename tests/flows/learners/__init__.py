"""Twenty-five people of our own who walk the whole way; one YAML file each, read by `tests.flows.scripts`.

who: she in one line. channel: web, whatsapp or telegram. gender: how she is spoken to. pathway: what she ends with.
answers: by question, what she says in turn; "> Title" is a tap. A mapping is no answer but an aside:
says (words) or does (voice, sticker, weeks, link), hears (a piece of what comes back),
again (questions that may return), then (what she says when they do), moves (another question may follow).
"""
