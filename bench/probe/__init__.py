"""Where the CPU of a running process goes: a real process of Rumbo or its engine, with a stopwatch on named steps."""
