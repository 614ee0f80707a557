package patient

// Rest waits until nothing is under way behind the scenes.
func (x *Index) Rest() { x.rounds.Wait() }
