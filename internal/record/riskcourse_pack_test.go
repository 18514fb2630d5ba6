package record_test

import (
	"reflect"
	"testing"

	"foljsam/internal/record"
)

func TestACourseOfRiskIsUnpackedAsItWas(t *testing.T) {
	var kept record.Courses
	for _, x := range []*record.RiskCourse{
		nil,
		{},
		{Assessed: []record.Assessed{{Day: record.NoDay}}, Own: 4},
		{
			Assessed: []record.Assessed{
				{Day: 19_000, Phase: "fore", Instrument: 1, Value: 8, Valued: true},
				{Day: 19_200, Phase: "efter", Instrument: 7, Scale: "1–10", Value: 2.5, Valued: true},
				{Day: -3, Phase: "under", Instrument: 7, Value: -1e300, Valued: true},
			},
			Given: []record.Supported{{Code: 3, Began: 19_100}, {Code: 4, Began: 0}, {Code: 5, Began: -1}, {Code: 10, Began: record.NoDay}},
			Own:   2,
		},
	} {
		if got := kept.At(kept.Add(x)); !reflect.DeepEqual(got, x) && !(x != nil && len(x.Assessed) == 0 && got != nil && len(got.Assessed) == 0) {
			t.Errorf("%+v became %+v", x, got)
		}
	}
}
