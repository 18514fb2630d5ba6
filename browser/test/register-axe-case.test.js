// axe-core finds nothing on the pages of a case.
import { lookAtAll } from "../lib/looked.js";
import { casePages } from "../lib/pages.js";

lookAtAll(casePages);
