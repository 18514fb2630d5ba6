package cases

import (
	"testing"

	"foljsam/internal/app"
	"foljsam/internal/record"
)

func TestAClosedCaseDoesNotWaitForItsFigures(t *testing.T) {
	var x closedPage
	c := &app.CaseView{}
	c.Cover.Standing = record.Shut
	if x.tell(nil, c, nil); !x.Soon || x.Sentence != "" {
		t.Errorf("%+v", x)
	}
}
