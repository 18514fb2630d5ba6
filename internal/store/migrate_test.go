package store

import (
	"io/fs"
	"strings"
	"testing"
)

// released are the steps that there are data of. A step is never changed: what changes the
// schema is a file of its own, with a line of its own here.
var released = map[string]string{
	"schema/postgres/0001_begin.sql":      "aa6e349add89421f667029d9be51e068cb659fe105acc88937bdeebae03f5250",
	"schema/sqlite/0001_begin.sql":        "d3026b4b70a99d59d58cddb5f2756d79e8251f75b43d91641908ed79a363ef78",
	"schema/sqlite/0002_layout.sql":       "64628a52b0232ccddef5b654fe714e576f0ece4d94c845173c9849f22d051d0e",
	"schema/postgres/0004_signin.sql":     "526bd44b7406ef11bb26a1d126924a2998bfa355903d4718a9078fe61f63acf4",
	"schema/sqlite/0004_signin.sql":       "bda5c447593a48d223bf3b2dec17ab7e7554daf0c67c09064d0d72d1f77e2245",
	"schema/postgres/0007_keys.sql":       "a83ef84bf6c7015b9f709a003d6d6f563db10315d75f5c717e4949c97700ec94",
	"schema/postgres/0008_retention.sql":  "623a1c59cf261e3b864a2af2996d3aec876169c20eb920a3c7fb9d217e9a614d",
	"schema/sqlite/0007_keys.sql":         "a5679a4cc86a6e49d51765c29a484816472061969c4d5433c6d8f6572a8f7952",
	"schema/sqlite/0008_retention.sql":    "287214cfe9d77f42d35195ecc3b56731f4cfc26cd0fcc8afa364a307751389a3",
	"schema/postgres/0005_codebooks.sql":  "ac74b89ad8061af3f5d74d47b0cca1d36347b0b96fcb169aa60e138d3e7a4dde",
	"schema/sqlite/0005_codebooks.sql":    "cbb736a17db80711fb0db188328d81f0c4c5ffb415e57941d05433a3ca1a317d",
	"schema/postgres/0006_audit.sql":      "bcb50d802785f33a30b6f43eb8d0dc256b23e3f5e934e7dcc294df679101acc6",
	"schema/sqlite/0006_audit.sql":        "ca365fdbe3e845ca4d3209fa7571257826fa9b0dd1742caf42788bc763d765a3",
	"schema/postgres/0003_people.sql":     "ed7dbd670738e57d069d58d1e8cae563f1d958dd6ec338ed09c39b579e359a8a",
	"schema/postgres/0009_deliveries.sql": "41195c8b8a7e4694f4973cf1e1f4102097719eaa34c6f52fc46caa1ef3513a8e",
	"schema/sqlite/0003_people.sql":       "e123dfc31991b5fd7eb677c25e37965dc982c3ee610625ce2ee23d97d518ba35",
	"schema/sqlite/0009_deliveries.sql":   "fb87ef385b9291a0d2c858d398bd5ab7b0ad0aa700de2ee0f5552aa849a274f7",
	"schema/postgres/0010_figures.sql":    "3b69361c7a3e93b7df1bc49e5efe8441f179e8c90bd56fe5f67fe33602219c9c",
	"schema/sqlite/0010_figures.sql":      "2347000cee700d4d5ad5e5ccde3b32d7b527e0ebf87f0ca7791f08e6e61b4287",
	"schema/postgres/0011_nation.sql":     "90c087e43c2d7c884da1625b8bf47f19e4d2a9491e02a0faf526a0bd02422e6c",
	"schema/sqlite/0011_nation.sql":       "5cbdd84c997d6b739a54b84bad51cfa665f5d14017c4c352f550f8c92619897b",
	"schema/postgres/0012_recipients.sql": "68cc6df1b36aec30a31bf521e687035c4d299f64fa74528dc5f7f4cf1975a70b",
	"schema/postgres/0013_survey.sql":     "d9642d5d344d22a1ca4b979403d8f90c09cd6d370eb6773e39a9829085649a82",
	"schema/sqlite/0013_survey.sql":       "bbd9ff0832b899a77bf7af0158b20b8e9a363cbc19a9206667c4755bc98ef834",
	"schema/sqlite/0012_recipients.sql":   "ef4db20ce159ca71296158184157274763f0dbef031537569de0061b4d645677",
	"schema/postgres/0015_log_places.sql": "2b3110c2e546032672cc5323b2db6785f067702fd94bb4086195ba6a085c12c1",
	"schema/sqlite/0015_log_places.sql":   "29874820b24232d5fb9fe926afc7688c5937dc04695064e3f81474b3b823f4b4",
	"schema/postgres/0014_notes.sql":      "a0ed2a27413b713f2d8b68e486638b46580585f4fa916f25fbfeb959603383cc",
	"schema/sqlite/0014_notes.sql":        "de251f74deec1b5a0004e4119e8e8b0a07ae42b70d73b8274751cd38147658ca",
	"schema/postgres/0016_kolada.sql":     "021bf3790aa5bef2164b2bc9fe8c8b315b1f70d66562cfbb0026d6579eb96ec2",
	"schema/postgres/0017_pseudonyms.sql": "49ff35dc220a4ddd5a9505078b90aa481c10ec9a1de207a0939e456811412932",
	"schema/postgres/0018_unit_areas.sql": "9540d685196e03004e55d5d0ab401cb6bbc121948649c5ec65b4614397e5f89e",
	"schema/postgres/0019_codings.sql":    "176fa40979e40b8726b79253da8f120d14bc6993164879ec74429b7a22b2ce1e",
	"schema/postgres/0020_accepted.sql":   "f454efad96cfd979162ff7d3fdb140311e65f0ad0f2c3797ac3f5f6b3ca6235f",
	"schema/sqlite/0016_kolada.sql":       "9edfa35c42103512f7883e7a7cc13845ba9190b1159e1b0999be55fc60b5aec8",
	"schema/sqlite/0017_pseudonyms.sql":   "2321433d5acf2640fc9e15ec94552fe30e91158524d652722b53d3cc56cef0db",
	"schema/sqlite/0018_unit_areas.sql":   "6a511c8bdb658e5f72e2571f4bc179a72c2a0dd8f6786839f4ad8b5f594ff6ef",
	"schema/sqlite/0019_codings.sql":      "5a25bf9c6a3b2919ace220c37c4a72b3940086545ad9bba0712f7da5f3679ba4",
	"schema/sqlite/0020_accepted.sql":     "834320f493fabd2790782d52911b4d38438df6f5c214913f94867aebd953c794",
	"schema/sqlite/0021_catalog.sql":      "1fdb34feae701f4200af4b332353e7d979dc1441d38442d471f191247cd4ec2b",
}

func TestReleasedStepsStand(t *testing.T) {
	found, err := fs.Glob(schemas, "schema/*/[0-9]*.sql")
	if err != nil || len(found) != len(released) {
		t.Fatal(found, err)
	}
	for _, name := range found {
		text, err := schemas.ReadFile(name)
		if got := strings.TrimSpace(hashesOf([]string{string(text)})); err != nil || got != released[name] {
			t.Errorf("%s was changed after its release, or is not listed: %s %v", name, got, err)
		}
	}
}
