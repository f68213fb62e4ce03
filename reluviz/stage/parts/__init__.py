"""What several films share on screen."""
