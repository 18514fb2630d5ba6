package audit

// What was done with the client's survey.
const (
	SurveyGiven    Act = "lamnade_enkat"        // Fields has how it was given
	SurveyEnded    Act = "avslutade_enkat"      // Fields has how it ended
	SurveyNotAsked Act = "noterade_ingen_enkat" // Fields has why
	SurveyEntered  Act = "matade_in_enkat"      // a paper form, once
	SurveyWorded   Act = "andrade_enkattext"    // Fields has the language, N the version
	SurveyReviewed Act = "granskade_enkattext"  // Fields has the language
	SawSurveyTexts Act = "laste_enkatfritext"   // N: how many
	SurveyTagged   Act = "taggade_enkatfritext"
)
