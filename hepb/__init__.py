"""The core of the hepatitis B patient assistant: it knows the guidelines and nothing of Rasa."""
