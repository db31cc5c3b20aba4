using System.Globalization;
using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace FlinkDashboard.Model.Manifests;

/// <summary>How plain YAML scalars are typed (YAML 1.1, as kubectl reads them) and how values are written so that they read back the same.</summary>
internal static partial class YamlScalar
{
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The JSON value of a scalar.</summary>
    public static JsonNode? Json(ManifestScalar scalar)
    {
        if (!scalar.Plain)
            return JsonValue.Create(scalar.Text);
        if (scalar.IsNull)
            return null;
        return Boolean(scalar.Text) is { } flag ? JsonValue.Create(flag) : Number(scalar.Text) ?? JsonValue.Create(scalar.Text);
    }

    /// <summary>true or false by YAML 1.1's words; null for anything else.</summary>
    public static bool? Boolean(string text) => text switch
    {
        "true" or "True" or "TRUE" or "yes" or "Yes" or "YES" or "on" or "On" or "ON" or "y" or "Y" => true,
        "false" or "False" or "FALSE" or "no" or "No" or "NO" or "off" or "Off" or "OFF" or "n" or "N" => false,
        _ => null,
    };

    /// <summary>A number as JSON; null for anything else.</summary>
    public static JsonNode? Number(string text)
    {
        var plain = text.Replace("_", "", StringComparison.Ordinal);
        if (Integer().IsMatch(text))
            return Whole(BigInteger.Parse(plain, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture));
        if (Octal().Match(plain) is { Success: true } octal)
            return Whole(octal.Groups[2].Value.Aggregate(BigInteger.Zero, (n, c) => (n * 8) + (c - '0')) * (octal.Groups[1].Value == "-" ? -1 : 1));
        if (Hexadecimal().IsMatch(plain))
            return Whole(BigInteger.Parse("0" + plain[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
        return Real().IsMatch(text) && double.TryParse(plain, NumberStyles.Float, CultureInfo.InvariantCulture, out var real) && double.IsFinite(real) ? JsonValue.Create(real) : null;
    }

    /// <summary>Text for one line of a block or flow collection.</summary>
    public static string Write(string value, ScalarKind kind, char quote, bool flow) => kind switch
    {
        ScalarKind.Number when Number(value) is not null => value,
        ScalarKind.Boolean when Boolean(value) is not null => value,
        _ when quote == '\'' && !value.Any(char.IsControl) && !value.Contains('\u2028') && !value.Contains('\u2029') && !value.Contains('\u0085') => $"'{value.Replace("'", "''", StringComparison.Ordinal)}'",
        _ when quote == ' ' && IsSafe(value, flow) => value,
        _ => Quoted(value),
    };

    /// <summary>Lines of a literal block, each indented; null when the value cannot be written as one.</summary>
    public static string? Block(string value, int indent, string newLine)
    {
        var body = value.TrimEnd('\n');
        if (!value.Contains('\n', StringComparison.Ordinal) || body.Length == 0 || body[0] is ' ' or '\n' or '\t' || value.Any(c => c != '\n' && (char.IsControl(c) || c is '\u2028' or '\u2029' or '\u0085' or '\uFEFF'))
            || value.Length - body.Length > 1 || body.Any(char.IsSurrogate))
        {
            return null;
        }
        var pad = new string(' ', indent);
        return (value.Length == body.Length ? "|-" : "|") + string.Concat(body.Split('\n').Select(l => newLine + (l.Length == 0 ? "" : pad + l)));
    }

    private static string Quoted(string value) => JsonSerializer.Serialize(value, Relaxed)
        .Replace("\u0085", "\\u0085", StringComparison.Ordinal).Replace("\uFEFF", "\\uFEFF", StringComparison.Ordinal);

    // Plain only where every YAML reader reads the same text back.
    private static bool IsSafe(string value, bool flow) =>
        value.Length > 0 && !char.IsWhiteSpace(value[0]) && !char.IsWhiteSpace(value[^1])
        && !value.Any(c => char.IsControl(c) || char.IsSurrogate(c) || c is '\u2028' or '\u2029' or '\uFEFF' or '\u0085')
        && ("-?:,[]{}#&*!|>'\"%@`=<~".IndexOf(value[0], StringComparison.Ordinal) < 0 || IsOption(value))
        && !value.Contains(": ", StringComparison.Ordinal) && !value.Contains(" #", StringComparison.Ordinal) && !value.EndsWith(':')
        && !value.StartsWith("...", StringComparison.Ordinal)
        && !(flow && value.AsSpan().IndexOfAny(",[]{}:") >= 0)
        && Boolean(value) is null && Number(value) is null && !LikeNumber().IsMatch(value) && value is not ("null" or "Null" or "NULL");

    // Program arguments: a dash that no space follows begins no list item.
    private static bool IsOption(string value) => value.Length > 1 && value[0] == '-' && char.IsAsciiLetter(value[1] == '-' && value.Length > 2 ? value[2] : value[1]);

    // Parsed, not created: such a number converts to int, long and double alike, as one from the wire does.
    private static JsonNode Whole(BigInteger number) =>
        number >= long.MinValue && number <= long.MaxValue ? JsonNode.Parse(number.ToString(CultureInfo.InvariantCulture))! : JsonValue.Create((double)number);

    [GeneratedRegex(@"\A[-+]?(0|[1-9][0-9_]*)\z")]
    private static partial Regex Integer();

    [GeneratedRegex(@"\A([-+]?)0o?([0-7]+)\z")]
    private static partial Regex Octal();

    [GeneratedRegex(@"\A0x[0-9a-fA-F]+\z")]
    private static partial Regex Hexadecimal();

    [GeneratedRegex(@"\A[-+]?(\.[0-9]+|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?\z")]
    private static partial Regex Real();

    // Dates, times, sexagesimal and special numbers, which some reader types.
    [GeneratedRegex(@"\A([-+]?[0-9][0-9:_.\-TZ ]*|[-+]?\.(inf|Inf|INF)|\.(nan|NaN|NAN)|0b[01_]+)\z")]
    private static partial Regex LikeNumber();
}
