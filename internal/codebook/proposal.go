package codebook

import (
	"bytes"
	"fmt"
	"sync"

	"foljsam/codebooks"
)

// ProposedLocal gives the local variables that the program proposes: what the report says that
// municipalities have asked beside the common variables. The wording is ours, and each is
// marked as a proposal. It is shared: nobody may change it.
var ProposedLocal = sync.OnceValue(func() *Addition {
	const name = "lokala-forslag.yaml"
	b, err := codebooks.Files.ReadFile(name)
	if err != nil {
		panic(err)
	}
	a, problems, err := Default().ReadAddition(name, bytes.NewReader(b))
	if err != nil {
		panic(fmt.Sprint(err, problems)) // our own file: a test has read it
	}
	return a
})

// ProposedPrefix is what the columns of proposals begin with.
const ProposedPrefix = "forslag"

// Clone gives an addition that may be changed without changing this one.
func (a *Addition) Clone() *Addition {
	x := *a
	x.Variables, x.Notes = nil, append([]Note(nil), a.Notes...)
	for _, v := range a.Variables {
		x.Variables = append(x.Variables, v.clone())
	}
	return &x
}

func (v *Variable) clone() *Variable {
	x := *v
	x.Codes = append([]Code(nil), v.Codes...)
	return &x
}
