package resolvers

// similarity is how alike two names are, 0 to 1.
func similarity(a, b string) float64 {
	if a == b && a != "" {
		return 1
	}
	return 0
}
