"""Pages: what is computed for one learner and looked at, one tap after another, such as occupations or her year.

A page takes what was tapped and returns bubbles; each button leads to a page, a block of questions or a topic.
"""
