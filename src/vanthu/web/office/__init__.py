"""What an office keeps to sign with: certificates, seals and secret-key devices."""
