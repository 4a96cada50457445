"""What must live inside Rasa: its extension points, filled with small classes of ours."""
