"""What the benches of speed share: a vendor's double, processes whose cost is counted, and learners who write."""
