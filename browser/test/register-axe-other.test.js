// axe-core finds nothing on the pages around the cases: the way in, what waits, lists, help, faults.
import { lookAtAll } from "../lib/looked.js";
import { otherPages } from "../lib/pages.js";

lookAtAll(otherPages);
