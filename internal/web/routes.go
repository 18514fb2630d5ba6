package web

import (
	"io/fs"
	"slices"

	"foljsam/internal/web/account"
	"foljsam/internal/web/api"
	"foljsam/internal/web/board"
	"foljsam/internal/web/cases"
	"foljsam/internal/web/coding"
	"foljsam/internal/web/complete"
	"foljsam/internal/web/deliver"
	"foljsam/internal/web/form"
	"foljsam/internal/web/indicator"
	"foljsam/internal/web/keeping"
	"foljsam/internal/web/log"
	"foljsam/internal/web/manual"
	"foljsam/internal/web/nation"
	"foljsam/internal/web/operate"
	"foljsam/internal/web/order"
	"foljsam/internal/web/page"
	"foljsam/internal/web/people"
	"foljsam/internal/web/result"
	"foljsam/internal/web/start"
	"foljsam/internal/web/survey"
	"foljsam/internal/web/variables"
	"foljsam/internal/web/visit"
	"foljsam/internal/web/work"
)

// routes lists every address of the program. "{id}" is a case's own id, made by the
// register: never a code, never a pseudonym. Where only a form is sent to an address, a line
// beside says which page it leads to for whoever comes there in another way: by signing in
// again, or by the browser's back.
func (s *Site) routes() []Route {
	return slices.Concat(wayIn, ownRoutes, workRoutes, caseRoutes, surveyRoutes, peopleRoutes, keepingRoutes, logRoutes, deliveryRoutes, resultRoutes, boardRoutes, codingRoutes, figureRoutes, variableRoutes, nationRoutes, stateRoutes, programRoutes)
}

// The way in and out.
var wayIn = []Route{
	{"GET /{$}", Anyone, start.Home},
	{"GET /halsa", Anyone, start.Health},
	{"GET /forsta", Anyone, start.First},
	{"POST /forsta", Anyone, start.Begin},
	{"GET /logga-in", Anyone, start.SignIn},
	{"POST /logga-in", Anyone, start.Enter},
	{"GET /logga-in/kod", Anyone, start.Second},
	{"POST /logga-in/kod", Anyone, start.EnterSecond},
	{"POST /logga-in/passnyckel", Anyone, start.EnterByPasskey},
	{"GET /logga-in/passnyckel", Anyone, leadTo("/logga-in")},
	{"POST /logga-ut", Anyone, start.SignOut},
	{"GET /demo", Anyone, start.Personas},
	{"POST /demo", Anyone, start.BeAs},
	{"POST " + page.LookAddress, Anyone, start.Look},
	{"GET /valkommen", Anyone, start.Welcome},
	{"POST /valkommen", Anyone, start.SetPassword},
	{"GET /hjalp", Anyone, start.Help},
	{"GET /hjalp/handbok", Anyone, manual.Contents},
	{"GET /hjalp/handbok/{sida}", Anyone, manual.Chapter},
	{"GET /hjalp/handbok/bild/{bild}", Anyone, manual.Picture},
	{"GET /installningar", SignedIn, start.Settings},
	{"POST /installningar", SignedIn, start.Prefer},
}

// One's own sign-in, and showing again who one is.
var ownRoutes = []Route{
	{"GET /konto", Own, account.Own},
	{"POST /konto", Own, account.End},
	{"GET /konto/losenord", Own, account.Password},
	{"POST /konto/losenord", Own, account.ChangePassword},
	{"GET /konto/koder", Own, account.Codes},
	{"POST /konto/koder", Own, account.ChangeCodes},
	{"GET /konto/reservkoder", Own, account.Recovery},
	{"POST /konto/reservkoder", Own, account.NewRecovery},
	{"GET /konto/passnycklar", Own, account.Passkeys},
	{"POST /konto/passnycklar", Own, account.ChangePasskeys},
	{"GET /konto/skydd", Own, account.Protect},
	{"GET /bekrafta", Own, account.Confirm},
	{"POST /bekrafta", Own, account.Confirmed},
	{"GET /hantera/krav", SignedIn, account.Rule},
	{"POST /hantera/krav", SignedIn, account.ChangeRule},
}

// What waits.
var workRoutes = []Route{
	{"GET /att-gora", SignedIn, work.ToDo},
	{"GET /genomgang", SignedIn, work.Walk},
	{"GET /genomgang/{id}", SignedIn, work.WalkCase},
	{"POST /genomgang/{id}", SignedIn, work.Note},
	{"GET /komplett", SignedIn, complete.Page},
}

// Cases.
var caseRoutes = []Route{
	{"GET /arenden", SignedIn, cases.List},
	{"POST /arenden/sok", SignedIn, cases.Find},
	{"GET /arenden/sok", SignedIn, leadTo("/arenden")},
	{"GET /arenden/nytt", SignedIn, cases.New},
	{"POST /arenden/nytt", SignedIn, cases.Open},
	{"GET /arenden/{id}", SignedIn, cases.Resume},
	{"GET /arenden/{id}/{fas}", SignedIn, cases.Phase},
	{"POST /arenden/{id}/{fas}", SignedIn, cases.SavePhase},
	{"POST /arenden/{id}/falt", Program, cases.SaveField},
	{"GET /arenden/{id}/historik", SignedIn, cases.History},
	{"POST /arenden/{id}/angra", SignedIn, cases.Undo},
	{"GET /arenden/{id}/angra", SignedIn, leadTo("/arenden/{id}/historik")},
	{"GET /arenden/{id}/koder", SignedIn, cases.Codes},
	{"POST /arenden/{id}/koder", SignedIn, cases.Recode},
	{"GET /arenden/{id}/avsluta", SignedIn, cases.Closing},
	{"POST /arenden/{id}/avsluta", SignedIn, cases.Close},
	{"POST /arenden/{id}/oppna", SignedIn, cases.Reopen},
	{"GET /arenden/{id}/oppna", SignedIn, leadTo("/arenden/{id}/avsluta")},
	{"GET /arenden/{id}/avslutat", SignedIn, cases.Closed},
	{"GET /arenden/{id}/uteslut", SignedIn, cases.Excluding},
	{"POST /arenden/{id}/uteslut", SignedIn, cases.Exclude},
	{"POST /arenden/{id}/aterfor", SignedIn, cases.Include},
	{"GET /arenden/{id}/aterfor", SignedIn, leadTo("/arenden/{id}/uteslut")},
}

// The client's survey: at one address that says nothing, and the pages of staff.
var surveyRoutes = []Route{
	{"GET " + survey.ClientAddress, Anyone, survey.See},
	{"POST " + survey.ClientAddress, Anyone, survey.Move},
	{"GET " + survey.ClientAddress + "/{del}", Anyone, survey.Part},
	{"GET /arenden/{id}/enkat", SignedIn, survey.Case},
	{"POST /arenden/{id}/enkat", SignedIn, survey.Choose},
	{"GET /arenden/{id}/enkat/lamna-over", SignedIn, survey.Before},
	{"POST /arenden/{id}/enkat/lamna-over", SignedIn, survey.HandOver},
	{"GET /arenden/{id}/enkat/fragor", SignedIn, survey.Interview},
	{"POST /arenden/{id}/enkat/fragor", SignedIn, survey.Answer},
	{"GET /arenden/{id}/enkat/papper", SignedIn, survey.Enter},
	{"POST /arenden/{id}/enkat/papper", SignedIn, survey.Entered},
	{"GET /enkat", SignedIn, survey.Hub},
	{"POST /enkat/kod", SignedIn, survey.Find},
	{"GET /enkat/kod", SignedIn, leadTo("/enkat")},
	{"GET /enkat/texter", SignedIn, survey.Texts},
	{"GET /enkat/texter/{sprak}", SignedIn, survey.Language},
	{"POST /enkat/texter/{sprak}", SignedIn, survey.ChangeLanguage},
	{"POST /enkat/texter/{sprak}/granska", SignedIn, survey.ReviewLanguage},
	{"GET /enkat/texter/{sprak}/granska", SignedIn, leadTo("/enkat/texter/{sprak}")},
	{"GET /enkat/fritext", SignedIn, survey.Read},
	{"POST /enkat/fritext", SignedIn, survey.Tag},
	{"GET /enkat/resultat", SignedIn, survey.Results},
}

// People, roles and units.
var peopleRoutes = []Route{
	{"GET /hantera", SignedIn, people.Hub},
	{"GET /forsta-dagen", SignedIn, people.FirstDay},
	{"POST " + page.SwitchAddress, SignedIn, people.Switch},
	{"GET " + page.SwitchAddress, SignedIn, leadTo("/")},
	{"GET /hantera/enheter", SignedIn, people.Units},
	{"POST /hantera/enheter", SignedIn, people.AddUnit},
	{"GET /hantera/enheter/{enhet}", SignedIn, people.Unit},
	{"POST /hantera/enheter/{enhet}", SignedIn, people.SaveUnit},
	{"GET /hantera/roller", SignedIn, people.Roles},
	{"GET /hantera/roller/ny", SignedIn, people.NewRole},
	{"POST /hantera/roller/ny", SignedIn, people.GiveRole},
	{"POST /hantera/roller/avsluta", SignedIn, people.EndRole},
	{"GET /hantera/roller/avsluta", SignedIn, leadTo("/hantera/roller")},
	{"GET /hantera/forslag", SignedIn, people.Proposals},
	{"POST /hantera/forslag", SignedIn, people.Decide},
	{"GET /anvandare", SignedIn, people.List},
	{"POST /anvandare/sok", SignedIn, people.Search},
	{"GET /anvandare/sok", SignedIn, leadTo("/anvandare")},
	{"GET /anvandare/ny", SignedIn, people.New},
	{"POST /anvandare/ny", SignedIn, people.Add},
	{"GET /anvandare/{person}", SignedIn, people.Person},
	{"POST /anvandare/{person}/namn", SignedIn, people.Rename},
	{"GET /anvandare/{person}/namn", SignedIn, leadTo("/anvandare/{person}")},
	{"POST /anvandare/{person}/kod", SignedIn, people.NewCode},
	{"GET /anvandare/{person}/kod", SignedIn, leadTo("/anvandare/{person}")},
	{"POST /anvandare/{person}/avsluta", SignedIn, people.End},
	{"GET /anvandare/{person}/avsluta", SignedIn, leadTo("/anvandare/{person}")},
	{"POST /anvandare/{person}/sessioner", SignedIn, people.EndSessions},
	{"GET /anvandare/{person}/sessioner", SignedIn, leadTo("/anvandare/{person}")},
	{"POST /anvandare/{person}/administrator", SignedIn, people.Administrator},
	{"GET /anvandare/{person}/administrator", SignedIn, leadTo("/anvandare/{person}")},
	{"POST /anvandare/{person}/forslag", SignedIn, people.Propose},
	{"GET /anvandare/{person}/forslag", SignedIn, leadTo("/anvandare/{person}")},
}

// What is kept: doubles, retention, extracts.
var keepingRoutes = []Route{
	{"GET /hantera/dubbletter", SignedIn, keeping.Doubles},
	{"POST /hantera/dubbletter", SignedIn, keeping.DecideDouble},
	{"POST /hantera/dubbletter/koder", SignedIn, keeping.DoubleCodes},
	{"GET /hantera/dubbletter/koder", SignedIn, leadTo("/hantera/dubbletter")},
	{"GET /hantera/gallring", SignedIn, keeping.Retention},
	{"POST /hantera/gallring", SignedIn, keeping.Rule},
	{"POST /hantera/gallring/forslag", SignedIn, keeping.Propose},
	{"GET /hantera/gallring/forslag", SignedIn, leadTo("/hantera/gallring")},
	{"POST /hantera/gallring/bekrafta", SignedIn, keeping.Confirm},
	{"GET /hantera/gallring/bekrafta", SignedIn, leadTo("/hantera/gallring")},
	{"POST /hantera/gallring/aterkalla", SignedIn, keeping.Withdraw},
	{"GET /hantera/gallring/aterkalla", SignedIn, leadTo("/hantera/gallring")},
	{"POST /hantera/gallring/skriv-over", SignedIn, keeping.Scrub},
	{"GET /hantera/gallring/skriv-over", SignedIn, leadTo("/hantera/gallring")},
	{"GET /hantera/nycklar", SignedIn, keeping.Keys},
	{"POST /hantera/nycklar", SignedIn, keeping.Limit},
	{"GET /hantera/utdrag", SignedIn, keeping.Extract},
	{"POST /hantera/utdrag", SignedIn, keeping.TakeExtract},
	{"POST /hantera/utdrag/fil", SignedIn, keeping.ExtractFile},
	{"GET /hantera/utdrag/fil", SignedIn, leadTo("/hantera/utdrag")},
}

// The log.
var logRoutes = []Route{
	{"GET /hantera/logg", SignedIn, log.Page},
	{"GET /hantera/logg/urval", SignedIn, log.Check},
	{"POST /hantera/logg/urval", SignedIn, log.Sample},
	{"POST /hantera/logg/bedom", SignedIn, log.Mark},
	{"GET /hantera/logg/bedom", SignedIn, leadTo("/hantera/logg")},
	{"GET /hantera/logg/slut/{fil}", SignedIn, log.Ends},
}

// What leaves the house.
var deliveryRoutes = []Route{
	{"GET /leveranser", SignedIn, deliver.List},
	{"GET /leveranser/nytt", SignedIn, deliver.Ask},
	{"GET /leveranser/granska", SignedIn, deliver.See},
	{"GET /leveranser/uttaget/{uttag}", SignedIn, deliver.Taken},
	{"GET /leveranser/uttaget/{uttag}/fil", SignedIn, deliver.TakenFile},
	{"POST /leveranser/ta-ut", SignedIn, deliver.Take},
	{"GET /leveranser/ta-ut", SignedIn, leadTo("/leveranser")},
	{"POST /leveranser/mottagare", SignedIn, deliver.AddRecipient},
	{"GET /leveranser/mottagare", SignedIn, leadTo("/leveranser/nytt")},
}

// What one's own cases add up to.
var resultRoutes = []Route{
	{"GET /resultat", SignedIn, result.Overview},
	{"GET /resultat/d/{figur}", SignedIn, result.Figure},
	{"GET /resultat/d/{figur}/fil/{slag}", SignedIn, result.FigureFile},
	{"GET /resultat/korstabell", SignedIn, result.Cross},
	{"GET /resultat/korstabell/fil/{slag}", SignedIn, result.CrossFile},
	{"GET /resultat/tid", SignedIn, result.Time},
	{"GET /resultat/taggar", SignedIn, result.Tags},
	{"GET /resultat/taggar/fil/{tabell}/{slag}", SignedIn, result.TagsFile},
	{"GET /resultat/risk", SignedIn, result.Risk},
	{"GET /resultat/risk/fil/{tabell}/{slag}", SignedIn, result.RiskFile},
	{"GET /resultat/fordjupning/{del}", SignedIn, result.Dive},
	{"GET /resultat/fordjupning/{del}/fil/{slag}", SignedIn, result.DiveFile},
	{"POST /resultat/anteckningar", SignedIn, result.Keep},
	{"GET /resultat/anteckningar", SignedIn, leadTo("/resultat")},
	{"POST /resultat/anteckningar/klar", SignedIn, result.End},
	{"GET /resultat/anteckningar/klar", SignedIn, leadTo("/resultat")},
}

// A year in two minutes, and the paper for the board.
var boardRoutes = []Route{
	{"GET /ar", SignedIn, board.Latest},
	{"GET /ar/{ar}", SignedIn, board.Year},
	{"GET /namndunderlag", SignedIn, board.Ask},
	{"GET /namndunderlag/papper", SignedIn, board.Paper},
}

// Exercises in coding made-up cases, and orders of figures.
var codingRoutes = []Route{
	{"GET /kodning", SignedIn, coding.List},
	{"GET /kodning/ny", SignedIn, coding.New},
	{"POST /kodning/ny", SignedIn, coding.Set},
	{"GET /kodning/{ovning}", SignedIn, coding.Show},
	{"POST /kodning/{ovning}/svar", SignedIn, coding.Answer},
	{"GET /kodning/{ovning}/svar", SignedIn, leadTo("/kodning/{ovning}")},
	{"POST /kodning/{ovning}/dag", SignedIn, coding.Move},
	{"GET /kodning/{ovning}/dag", SignedIn, leadTo("/kodning/{ovning}")},
	{"POST /kodning/{ovning}/stang", SignedIn, coding.Close},
	{"GET /kodning/{ovning}/stang", SignedIn, leadTo("/kodning/{ovning}")},
	{"GET /kodning/{ovning}/fil/{slag}", SignedIn, coding.File},
	{"GET /bestallningar", SignedIn, order.List},
	{"POST /bestallningar", SignedIn, order.Send},
	{"POST /bestallningar/{bestallning}/svar", SignedIn, order.Answer},
	{"GET /bestallningar/{bestallning}/svar", SignedIn, leadTo("/bestallningar")},
	{"POST /bestallningar/{bestallning}/aterkalla", SignedIn, order.Drop},
	{"GET /bestallningar/{bestallning}/aterkalla", SignedIn, leadTo("/bestallningar")},
}

// A municipality's own key figures for Kolada, before they leave.
var figureRoutes = []Route{
	{"GET /nyckeltal", SignedIn, indicator.Start},
	{"GET /nyckeltal/{ar}", SignedIn, indicator.Year},
	{"GET /nyckeltal/{ar}/arenden/{nr}", SignedIn, indicator.Cases},
	{"GET /nyckeltal/{ar}/tveksamma", SignedIn, indicator.Doubts},
	{"POST /nyckeltal/{ar}/tveksamma", SignedIn, indicator.Decide},
	{"POST /nyckeltal/{ar}/godta", SignedIn, indicator.Accept},
	{"GET /nyckeltal/{ar}/godta", SignedIn, leadTo("/nyckeltal/{ar}")},
	{"POST /nyckeltal/{ar}/enheter", SignedIn, indicator.SaveUnits},
	{"GET /nyckeltal/{ar}/enheter", SignedIn, leadTo("/nyckeltal/{ar}")},
	{"GET /nyckeltal/{ar}/skicka", SignedIn, indicator.Send},
	{"POST /nyckeltal/{ar}/faststall", SignedIn, indicator.Return},
	{"GET /nyckeltal/{ar}/faststall", SignedIn, leadTo("/nyckeltal/{ar}/skicka")},
	{"GET /nyckeltal/{ar}/underlag", SignedIn, indicator.Evidence},
	{"POST /nyckeltal/{ar}/underlag", SignedIn, indicator.MarkSent},
	{"GET /nyckeltal/{ar}/underlag/fil", SignedIn, indicator.File},
}

// Local variables.
var variableRoutes = []Route{
	{"GET /variabler", SignedIn, variables.List},
	{"POST /variabler", SignedIn, variables.Act},
	{"GET /variabler/ny", SignedIn, variables.New},
	{"POST /variabler/ny", SignedIn, variables.Add},
	{"GET /variabler/andra/{kolumn}", SignedIn, variables.Change},
	{"POST /variabler/andra/{kolumn}", SignedIn, variables.Save},
	{"GET /variabler/utkast", SignedIn, variables.Preview},
	{"POST /variabler/utkast", SignedIn, variables.Publish},
	{"GET /variabler/fil", SignedIn, variables.File},
	{"POST /variabler/fil", SignedIn, variables.TakeIn},
	{"GET /variabler/fil/{fil}", SignedIn, variables.Fetch},
	{"GET /variabler/version/{nr}", SignedIn, variables.Version},
	{"GET /variabler/version/{nr}/{fil}", SignedIn, variables.Fetch},
}

// peopleFile is where files of SCB's are sent.
const peopleFile = "POST /kommuner/folkmangd"

// The nation's key figures: what anyone may see, where there is a nation's register; and those
// who report and collect.
var nationRoutes = []Route{
	{"GET /jamfor", Anyone, nation.Overview},
	{"GET /jamfor/metod", Anyone, nation.Method},
	{"GET /jamfor/fil", Anyone, nation.Files},
	{"GET /jamfor/fil/{fil}", Anyone, nation.File},
	{"GET /jamfor/utgava/{ar}/{nr}", Anyone, nation.Sealed},
	{"GET /jamfor/{enhet}", Anyone, nation.Unit},
	{"GET /v3/{fraga...}", Anyone, nation.Kolada},
	{"GET /rapportera", SignedIn, nation.Forms},
	{"GET /rapportera/fil", SignedIn, nation.Upload},
	{"POST /rapportera/fil", SignedIn, nation.TakeIn},
	{"GET /rapportera/{ar}/{enhet}", SignedIn, nation.Form},
	{"POST /rapportera/{ar}/{enhet}", SignedIn, nation.Send},
	{"GET /insamlingar", SignedIn, nation.Collections},
	{"POST /insamlingar", SignedIn, nation.Open},
	{"GET /insamlingar/{ar}", SignedIn, nation.Board},
	{"POST /insamlingar/{ar}", SignedIn, nation.Change},
	{"POST /insamlingar/{ar}/kontrollerat", SignedIn, nation.Check},
	{"GET /insamlingar/{ar}/kontrollerat", SignedIn, leadTo("/insamlingar/{ar}")},
	{"POST /insamlingar/{ar}/publicera", SignedIn, nation.Publish},
	{"GET /insamlingar/{ar}/publicera", SignedIn, leadTo("/insamlingar/{ar}")},
	{"GET /kommuner", SignedIn, nation.Towns},
	{"GET /kommuner/folkmangd", SignedIn, nation.People},
	{peopleFile, SignedIn, nation.TakePeople},
	{"POST /kommuner/folkmangd/hamta", SignedIn, nation.AskPeople},
	{"GET /kommuner/folkmangd/hamta", SignedIn, leadTo("/kommuner/folkmangd")},
	{"GET /kommuner/kolada", SignedIn, nation.BesideKolada},
	{"POST /kommuner/kolada", SignedIn, nation.ConfirmKolada},
	{"GET /kommuner/stadsdelar", SignedIn, nation.Districts},
	{"POST /kommuner/stadsdelar", SignedIn, nation.PutDistrict},
	{"GET /kommuner/lamnare", SignedIn, nation.Reporters},
	{"POST /kommuner/lamnare", SignedIn, nation.GiveReporter},
	{"GET /kommuner/enhet/{kommun}", SignedIn, nation.Town},
	{"POST /kommuner/enhet/{kommun}", SignedIn, nation.SetPeople},
	{"GET /hantera/riket", SignedIn, nation.Begin},
	{"POST /hantera/riket", SignedIn, nation.MakeNation},
}

// How the installation is, and what the law says.
var stateRoutes = []Route{
	{"GET /halsa/redo", Anyone, operate.Ready},
	{"GET /drift", SignedIn, operate.State},
	{"GET /lagstod", SignedIn, operate.Law},
}

// For programs.
var programRoutes = []Route{
	{"GET /api/enheter", Program, api.Units},
	{"POST /api/arenden", Program, api.OpenCase},
	{"GET /api/arenden/{id}", Program, api.Case},
}

// templates are those of every page folder.
func templates() []fs.FS {
	return []fs.FS{account.Templates, board.Templates, form.Templates, visit.Templates, start.Templates, work.Templates, cases.Templates, coding.Templates, order.Templates, deliver.Templates, complete.Templates, indicator.Templates, people.Templates, result.Templates, keeping.Templates, log.Templates, nation.Templates, operate.Templates, manual.Templates, survey.Templates, variables.Templates}
}
