using FlinkDashboard.Sandbox.Protocols.Aws;

namespace FlinkDashboard.Sandbox.Protocols.CloudWatchLogs.Filters;

/// <summary>
/// CloudWatch's filter patterns: terms for plain lines, <c>{ conditions }</c> for lines that are JSON objects, <c>[columns]</c> for lines of
/// fields between spaces.
/// </summary>
internal sealed class FilterPattern
{
    private const int MaxLength = 1024;
    private readonly Func<string, bool> _matches;

    private FilterPattern(Func<string, bool> matches) => _matches = matches;

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern; null or spaces for all lines.</param>
    /// <param name="parameter">Its name in the request.</param>
    /// <exception cref="AwsFailure">It is none.</exception>
    public static FilterPattern Parse(string? text, string parameter)
    {
        if (text?.Length > MaxLength)
            throw LogsCall.Invalid($"1 validation error detected: Value '{text}' at '{parameter}' failed to satisfy constraint: Member must have length less than or equal to {MaxLength}");
        var pattern = (text ?? "").Trim();
        return new(pattern.Length == 0 ? _ => true : pattern[0] switch
        {
            '{' => JsonFilter.Read(new FilterReader(Inside(pattern, '{', '}'))),
            '[' => ColumnFilter.Read(new FilterReader(Inside(pattern, '[', ']'))),
            _ => TermFilter.Read(new FilterReader(pattern)),
        });
    }

    /// <summary>A line matches.</summary>
    public bool Matches(string line) => _matches(line);

    /// <summary>It is none.</summary>
    public static AwsFailure Invalid() => LogsCall.Invalid("Invalid filter pattern");

    private static string Inside(string pattern, char open, char close) => pattern.Length > 1 && pattern[^1] == close ? pattern[1..^1]
        : throw LogsCall.Invalid($"If a filter pattern starts with '{open}' it must end with '{close}'");
}
