using System.Globalization;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Filters;

/// <summary>What a pattern compares a field with.</summary>
internal sealed class FilterValue
{
    private Func<string, bool> _is = _ => false;
    private double? _number;

    /// <summary>A text; an asterisk at its beginning or its end stands for anything, one inside for itself.</summary>
    /// <param name="text">The text.</param>
    /// <param name="isQuoted">In quotes nothing is a number.</param>
    public static FilterValue Of(string text, bool isQuoted)
    {
        var (isOpen, isClosed) = (text.StartsWith('*'), !(text.Length > 1 && text.EndsWith('*')));
        var part = text[(isOpen ? 1 : 0)..(isClosed ? text.Length : ^1)];
        return new FilterValue
        {
            _number = isQuoted ? null : NumberOf(text),
            _is = (isOpen, isClosed) switch
            {
                (false, true) => t => t == part,
                (true, true) => t => t.EndsWith(part, StringComparison.Ordinal),
                (false, false) => t => t.StartsWith(part, StringComparison.Ordinal),
                _ => t => t.Contains(part, StringComparison.Ordinal),
            },
        };
    }

    /// <summary>Whatever an expression finds.</summary>
    public static FilterValue Of(Regex expression) => new() { _is = expression.IsMatch };

    /// <summary>Takes an operator and the value after it.</summary>
    /// <returns>The condition on a field's text and its number, or null when no operator stands here.</returns>
    public static Func<string, double?, bool>? TryCondition(FilterReader reader)
    {
        // The oldest form of "not" stands after the sign: w1=!ERROR.
        if (reader.TrySymbol("!=") || reader.TrySymbol("=!"))
        {
            var other = reader.Value();
            return (t, n) => !other.Is(t, n);
        }
        if (reader.TrySymbol("="))
            return reader.Value().Is;
        foreach (var (symbol, holds) in Orders)
        {
            if (reader.TrySymbol(symbol))
                return reader.Value()._number is { } bound ? (_, n) => n is { } number && holds(number.CompareTo(bound)) : throw FilterPattern.Invalid();
        }
        return null;
    }

    /// <summary>A text as a number: digits with a sign, a point and an exponent.</summary>
    public static double? NumberOf(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static readonly (string Symbol, Func<int, bool> Holds)[] Orders = [("<=", o => o <= 0), (">=", o => o >= 0), ("<", o => o < 0), (">", o => o > 0)];

    private bool Is(string text, double? number) => _is(text) || (_number is { } own && number == own);
}
