"""Chaos: learners go on writing while things break, and afterwards every message is accounted for (docs/chaos.md)."""
