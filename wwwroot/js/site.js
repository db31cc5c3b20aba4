// Starts what the page needs without a component: relative times and the reconnect line.
import { create as ages } from "./ages.js";
import { create as reconnect } from "./reconnect.js";

ages(document);
reconnect(document);
