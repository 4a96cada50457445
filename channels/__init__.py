"""The channels Rumbo speaks. A new one is one file, one line here, one folder of payloads."""
