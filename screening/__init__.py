"""What people type is read before it is kept: identities, terms that trap people, red flags."""
