// The charts of a page. The server makes a board, and a chart in it for each that has something to show.
import { Board } from "./parts/board.js";
import { Chart } from "./parts/chart.js";

/**
 * Makes a board of an element. dotnet: Seen(ids), Awake(bool), Zoomed(from, to) in milliseconds, ZoomedOut().
 * Answers { show(from, to), marks(list), look(), chart(host, options), update(), destroy() }.
 */
export function create(element, options, dotnet) {
  const board = new Board(element, dotnet);
  board.look();
  return {
    show: (from, to) => board.show(from, to),
    /** list: [{ at (milliseconds), kind, words, href, chart (id, or null for all) }]. */
    marks(list) {
      board.marks = list.map((one) => ({ ...one, at: one.at / 1000 })).sort((a, b) => a.at - b.at);
      element.dataset.marks = list.length;
      for (const chart of board.charts) chart.u.redraw(false, false);
    },
    look: () => board.look(),
    update: () => board.look(),
    chart: (host, chart) => new Chart(host, chart, board),
    destroy: () => board.destroy(),
  };
}
