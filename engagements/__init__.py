"""What happens between both sides after an introduction: messages, times, and checks that end."""
