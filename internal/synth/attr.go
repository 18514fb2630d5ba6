package synth

import "foljsam/internal/codebook"

// attr is one thing that is settled for every case: most are variables of the codebook,
// some are divisions that only the plan needs.
type attr int

const (
	size        attr = iota // size class of the municipality, 1-4
	honour                  // hederskontext
	sex                     // kön
	age                     // age band, 1-7
	origin                  // ursprung
	disability              // funktionsnedsättning
	severity                // våldets grad
	perpetrator             // utövare
	initiative              // initiativ
	children                // barnens behov
	length                  // 0 open, else length band 1-9
	helped                  // 1: has had a support
	reason                  // avslutsorsak
	reached                 // måluppföljning
	aim                     // förändringsmål
	change                  // förändring; bit 7: answered other questions of the survey only
	meaning                 // insatsernas betydelse
	positive                // positiva inslag
	influence               // delaktighet
	partner                 // 1 noted none, 2 at least one party
	parties                 // samverkan; bit 0: noted none
	assessed                // 1: any risk assessment
	instrument              // risk instruments
	againScale              // second assessment with the danger scale: 1 lower, 2 same, 3 higher
	againTalk               // the same for a talk without a method
	supports                // insatser
	carried                 // genomförande
	attrs
)

// roles says which variable of the codebook an attribute is.
var roles = map[attr]codebook.Role{
	honour: codebook.Honour, sex: codebook.Sex, origin: codebook.Origins,
	disability: codebook.Disability, severity: codebook.Severity,
	perpetrator: codebook.Perpetrator, initiative: codebook.Initiative,
	children: codebook.Children, reason: codebook.ClosingReason,
	reached: codebook.GoalReached, aim: codebook.Goal, change: codebook.Change,
	meaning: codebook.Meaning, positive: codebook.Positive, influence: codebook.Influence,
	parties: codebook.Collaboration, carried: codebook.Carried,
}

// ageBands are the report's age bands, by the code of the attribute age.
var ageBands = [8][2]int{1: {18, 24}, {25, 34}, {35, 44}, {45, 54}, {55, 64}, {65, 74}, {75, 91}}

// lengthBands are the days from intake to closing, by the code of the attribute length.
// The last one ends at 640 days and not 720: from the first day of the follow-up to the
// day when the data was read there are 647.
var lengthBands = [10][2]int{1: {0, 0}, {1, 90}, {91, 180}, {181, 270}, {271, 360},
	{361, 450}, {451, 540}, {541, 630}, {631, 640}}

const (
	sameDay    = 1
	firstBand  = 2
	otherQuest = 7 // code of change: no answer to it, but to other questions of the survey
)
