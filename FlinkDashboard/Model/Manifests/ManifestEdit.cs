namespace FlinkDashboard.Model.Manifests;

/// <summary>Writes one value into the text of a manifest.</summary>
internal static class ManifestEdit
{
    /// <summary>The text with a scalar where a path leads (or should).</summary>
    public static string Of(string text, ManifestTree.Reach reach, string value, ScalarKind kind, int step) =>
        new Writer(text, step, (flow, quote, indent) => Scalar(text, value, kind, flow, quote, indent)).Write(reach);

    /// <summary>The text with an empty list where a path leads (or should).</summary>
    public static string Empty(string text, ManifestTree.Reach reach, int step) => new Writer(text, step, (_, _, _) => "[]").Write(reach);

    private static string Scalar(string text, string value, ScalarKind kind, bool flow, char quote, int indent) =>
        (!flow && quote is ' ' or '|' ? YamlScalar.Block(value, indent, ManifestText.NewLine(text)) : null)
        ?? YamlScalar.Write(value, kind, quote == '|' ? ' ' : quote, flow);

    private sealed class Writer(string text, int step, Func<bool, char, int, string> write)
    {
        private readonly string _newLine = ManifestText.NewLine(text);
        private string _last = "";

        /// <summary>The new text. A literal block that ends it gets the line break that belongs to its value.</summary>
        public string Write(ManifestTree.Reach reach)
        {
            var written = Change(reach);
            return !written.EndsWith('\n') && _last.StartsWith("|" + _newLine, StringComparison.Ordinal) && written.EndsWith(_last, StringComparison.Ordinal) ? written + _newLine : written;
        }

        private string Change(ManifestTree.Reach reach)
        {
            if (reach.Rest.Count == 0)
                return Replace(reach);
            return reach.Node switch
            {
                null => text + (text.Length == 0 || text.EndsWith('\n') ? "" : _newLine) + Lines(reach.Rest, 0, 0) + _newLine,
                ManifestMap { Flow: true } map => Insert(map.Entries.Count > 0 ? map.Entries[^1].Value.End : map.Start + 1, (map.Entries.Count > 0 ? ", " : "") + Flow(reach.Rest, 0, inMap: true)),
                ManifestList { Flow: true } list => Insert(list.Items.Count > 0 ? list.Items[^1].End : list.Start + 1, (list.Items.Count > 0 ? ", " : "") + Flow(reach.Rest, 1, inMap: false)),
                ManifestMap map => Insert(ManifestText.LineEnd(text, map.End), Line(map.Column - 1, Lines(reach.Rest, 0, map.Column - 1))),
                ManifestList list => Insert(ManifestText.LineEnd(text, list.End), Line(list.Column - 1, Lines(reach.Rest, 0, list.Column - 1))),
                var scalar => Below(reach, (ManifestScalar)scalar),
            };
        }

        private string Replace(ManifestTree.Reach reach)
        {
            var node = reach.Node!;
            var flow = InFlow(reach);
            var indent = (reach.Entry?.Column ?? reach.Parent?.Column ?? 1) - 1 + step;
            var written = Value(flow || HasMore(node.End), node is ManifestScalar scalar ? scalar.Quote : ' ', indent);
            if (node.Start == node.End && node is ManifestScalar)
                return reach.Entry is { } entry && ManifestText.AfterColon(text, entry) is null ? Insert(entry.KeyEnd, ": " + written) : Insert(node.Start, " " + written);
            return node is ManifestMap { Flow: false } or ManifestList { Flow: false } && reach.Entry is { } holder
                ? Swap(ManifestText.AfterColon(text, holder) ?? node.Start, node.End, " " + written)
                : Swap(node.Start, node.End, written);
        }

        // A scalar (most often an empty one) gives way to a mapping or list.
        private string Below(ManifestTree.Reach reach, ManifestScalar node)
        {
            if (InFlow(reach))
            {
                var inner = Wrapped(reach.Rest, 0);
                return reach.Entry is { } only && ManifestText.AfterColon(text, only) is null ? Insert(only.KeyEnd, ": " + inner) : Swap(node.Start, node.End, node.Start == node.End ? " " + inner : inner);
            }
            if (reach.Entry is not { } entry)
                return Swap(node.Start, node.End, (node.Start == node.End ? " " : "") + Lines(reach.Rest, 0, reach.Parent!.Column + 1));
            var indent = entry.Column - 1 + step;
            var end = ManifestText.LineEnd(text, node.End);
            return text[..node.Start] + text[node.End..end] + Line(indent, Lines(reach.Rest, 0, indent)) + text[end..];
        }

        private static bool InFlow(ManifestTree.Reach reach) => reach.Parent is ManifestMap { Flow: true } or ManifestList { Flow: true };

        private string Line(int indent, string content) => _newLine + new string(' ', indent) + content;

        // The steps as block lines, the first without its indent.
        private string Lines(IReadOnlyList<string> steps, int at, int indent)
        {
            var (key, more) = (steps[at], at + 1 < steps.Count);
            if (ManifestPath.Index(key) is not null)
                return "- " + (more ? Lines(steps, at + 1, indent + 2) : Value(false, ' ', indent + 2));
            var name = YamlScalar.Write(key, ScalarKind.Text, ' ', flow: false) + ":";
            return name + (more ? Line(indent + step, Lines(steps, at + 1, indent + step)) : " " + Value(false, ' ', indent + step));
        }

        // The steps from an index on as entries of a flow collection.
        private string Flow(IReadOnlyList<string> steps, int at, bool inMap)
        {
            if (inMap)
                return $"{YamlScalar.Write(steps[at], ScalarKind.Text, ' ', flow: true)}: {Wrapped(steps, at + 1)}";
            return Wrapped(steps, at);
        }

        private string Wrapped(IReadOnlyList<string> steps, int at)
        {
            if (at >= steps.Count)
                return Value(true, ' ', 0);
            return ManifestPath.Index(steps[at]) is not null ? $"[{Wrapped(steps, at + 1)}]" : $"{{{Flow(steps, at, inMap: true)}}}";
        }

        // A comment after the place leaves room for one line only.
        private bool HasMore(int end) => !text.AsSpan(end..ManifestText.LineEnd(text, end)).IsWhiteSpace();

        private string Value(bool flow, char quote, int indent) => _last = write(flow, quote, indent);

        private string Insert(int at, string what) => text.Insert(at, what);

        private string Swap(int from, int to, string what) => string.Concat(text.AsSpan(0, from), what, text.AsSpan(to));
    }
}
