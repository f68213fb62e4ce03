"""From facts to a narrated script: beats, the words spoken over them, their pace, their voice and captions."""
