"""What the assistant's understanding is compared with: Rasa's default pipeline, and keyword search."""
