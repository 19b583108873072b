package curl

// ToldOfDrops says that no warning about a drop is still to come.
func ToldOfDrops() bool {
	for _, r := range []*dropReport{&easyDrops, &multiDrops, &bodyDrops} {
		r.mu.Lock()
		untold := r.untold
		r.mu.Unlock()
		if untold > 0 {
			return false
		}
	}
	return true
}
