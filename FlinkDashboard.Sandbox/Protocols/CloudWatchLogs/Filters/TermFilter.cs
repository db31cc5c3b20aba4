namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Filters;

/// <summary>Patterns for plain lines: terms that must all occur, <c>?</c> terms of which one must, <c>-</c> terms that must not.</summary>
internal static class TermFilter
{
    /// <summary>Reads it to its end.</summary>
    public static Func<string, bool> Read(FilterReader reader)
    {
        var (all, any, none) = (new List<Func<string, bool>>(), new List<Func<string, bool>>(), new List<Func<string, bool>>());
        while (!reader.IsAtEnd)
        {
            var terms = reader.TrySymbol("?") ? any : reader.TrySymbol("-") ? none : all;
            terms.Add(Term(reader));
        }
        // With other terms beside them, ? terms do not count.
        return line => all.TrueForAll(t => t(line)) && !none.Exists(t => t(line)) && (any.Count == 0 || all.Count + none.Count > 0 || any.Exists(t => t(line)));
    }

    private static Func<string, bool> Term(FilterReader reader)
    {
        if (reader.TryExpression() is { } expression)
            return Ended(reader, expression.IsMatch);
        if (reader.TryPhrase() is not { } term)
        {
            term = reader.Characters(FilterReader.IsWordPart);
            if (term.Length == 0)
                throw reader.Unexpected();
        }
        // A phrase of spaces is the pattern for everything.
        return Ended(reader, string.IsNullOrWhiteSpace(term) ? _ => true : line => line.Contains(term, StringComparison.Ordinal));
    }

    private static Func<string, bool> Ended(FilterReader reader, Func<string, bool> term) => reader.IsRightAtSpaceOrEnd ? term : throw reader.Unexpected();
}
