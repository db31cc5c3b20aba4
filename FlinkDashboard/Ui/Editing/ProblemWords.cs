using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Ui.Formats;

namespace FlinkDashboard.Ui.Editing;

/// <summary>Severities as words, symbols and colours.</summary>
public static class ProblemWords
{
    /// <summary>error, warning or info, as the editor in the browser calls them.</summary>
    public static string Word(this ProblemSeverity severity) => severity switch
    {
        ProblemSeverity.Error => "error",
        ProblemSeverity.Warning => "warning",
        _ => "info",
    };

    /// <summary>Colour class of a severity.</summary>
    public static string Tone(this ProblemSeverity severity) => severity switch
    {
        ProblemSeverity.Error => "failing",
        ProblemSeverity.Warning => "degraded",
        _ => "changing",
    };

    /// <summary>"2 errors, 1 warning"; empty for none.</summary>
    public static string Tally(IReadOnlyList<FieldProblem> problems)
    {
        var errors = problems.Count(one => one.Severity == ProblemSeverity.Error);
        var warnings = problems.Count(one => one.Severity == ProblemSeverity.Warning);
        return string.Join(", ", new[] { errors > 0 ? Amounts.Plural(errors, "error") : null, warnings > 0 ? Amounts.Plural(warnings, "warning") : null }.OfType<string>());
    }
}
