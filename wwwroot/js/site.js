// Starts what the page needs without a component: relative times, small lines, the reconnect line, and where one had scrolled to.
import { create as ages } from "./ages.js";
import { create as reconnect } from "./reconnect.js";
import { create as scroll } from "./scroll.js";
import { create as sparks } from "./sparks.js";

ages(document);
reconnect(document);
scroll(window);
sparks(document);
