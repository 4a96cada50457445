"""Pictures and papers she can keep: made on demand from plain dataclasses, never stored.

Everything is a pure function of what is passed: no session, no clock, no content. Nothing is on a picture that was not
put into its dataclass, and every word on it, headings included, comes from outside.
"""
