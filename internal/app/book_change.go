package app

import (
	"context"
	"errors"
	"io"
	"slices"

	"foljsam/internal/access"
	"foljsam/internal/codebook"
	"foljsam/internal/fault"
)

// PutLocal adds a local variable to the draft, or changes the one with a column. A column
// that is published is never changed.
func (a *App) PutLocal(ctx context.Context, by access.Actor, seen int, column string, v *codebook.Variable) error {
	return a.draft(ctx, by, seen, func(d, published *codebook.Addition) error {
		at := slices.IndexFunc(d.Variables, func(x *codebook.Variable) bool { return x.Column == column })
		switch {
		case column == "":
			d.Variables = append(d.Variables, v)
			return nil
		case at < 0:
			return fault.New(fault.NotFound, "variables.no_variable")
		case published.Variable(column) != nil:
			v.Column = column
		}
		d.Variables[at] = v
		return nil
	})
}

// RetireLocal says that a local variable is no longer asked, or asked again. One that was
// never published is taken out of the draft.
func (a *App) RetireLocal(ctx context.Context, by access.Actor, seen int, column string, retired bool) error {
	return a.draft(ctx, by, seen, func(d, published *codebook.Addition) error {
		v := d.Variable(column)
		switch {
		case v == nil:
			return fault.New(fault.NotFound, "variables.no_variable")
		case published.Variable(column) == nil:
			d.Variables = slices.DeleteFunc(d.Variables, func(x *codebook.Variable) bool { return x.Column == column })
		default:
			v.Retired = retired
		}
		return nil
	})
}

// NameLocal says what new columns begin with.
func (a *App) NameLocal(ctx context.Context, by access.Actor, seen int, prefix string) error {
	return a.draft(ctx, by, seen, func(d, _ *codebook.Addition) error {
		if prefix == codebook.ProposedPrefix {
			return fault.New(fault.Invalid, "variables.prefix_taken")
		}
		d.Prefix = prefix
		return nil
	})
}

// NoteCommon adds to the help of a common variable; without words it takes that away.
func (a *App) NoteCommon(ctx context.Context, by access.Actor, seen, number int, text codebook.Text) error {
	return a.draft(ctx, by, seen, func(d, _ *codebook.Addition) error {
		if a.book.Variable(number) == nil {
			return fault.New(fault.NotFound, "variables.no_variable")
		}
		d.PutNote(number, text)
		return nil
	})
}

// Propose adds one of the program's proposals to the draft.
func (a *App) Propose(ctx context.Context, by access.Actor, seen int, column string) error {
	return a.draft(ctx, by, seen, func(d, _ *codebook.Addition) error {
		all := codebook.ProposedLocal()
		v := all.Variable(column)
		switch {
		case v == nil || all.To != a.book.ID:
			return fault.New(fault.NotFound, "variables.no_variable")
		case d.Variable(column) != nil:
			return fault.New(fault.Conflict, "variables.there_already")
		}
		d.Join((&codebook.Addition{Variables: []*codebook.Variable{v}}).Clone())
		return nil
	})
}

// ImportLocal puts the variables of another's file beside the draft's. What clashes is told,
// and one's own stands. A file with faults adds nothing: they are named with their lines.
func (a *App) ImportLocal(ctx context.Context, by access.Actor, seen int, name string, file io.Reader) (j codebook.Joined, err error) {
	other, problems, err := a.book.ReadAddition(name, file)
	if err != nil {
		return j, &NotPossible{problems, err}
	}
	err = a.draft(ctx, by, seen, func(d, _ *codebook.Addition) error {
		j = d.Join(other)
		if len(j.Added) == 0 {
			return errNothingNew
		}
		return nil
	})
	if errors.Is(err, errNothingNew) {
		err = nil
	}
	return j, err
}

var errNothingNew = errors.New("nothing to add")

// DiscardDraft throws the draft away: what is published stands.
func (a *App) DiscardDraft(ctx context.Context, by access.Actor, seen int) error {
	return a.draft(ctx, by, seen, func(d, published *codebook.Addition) error {
		prefix := d.Prefix
		*d = *published.Clone()
		if d.Prefix == "" {
			d.Prefix = prefix
		}
		return nil
	})
}
