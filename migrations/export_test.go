package migrations

import "context"

// ApplyUpTo is Apply as the program did it that knew so many steps.
func ApplyUpTo(ctx context.Context, db *DB, known int) error {
	steps, err := load(stepFiles)
	if err != nil {
		return err
	}
	return apply(ctx, db, steps[:known])
}
