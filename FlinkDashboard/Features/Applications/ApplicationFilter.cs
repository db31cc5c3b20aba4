using FlinkDashboard.Ui.Flink;

namespace FlinkDashboard.Features.Applications;

/// <summary>Which rows a filter text and the chosen states leave.</summary>
public static class ApplicationFilter
{
    /// <summary>Every word must occur in what the row shows; of the states, any.</summary>
    public static bool Matches(AppRow row, string? text, IReadOnlyList<string> states)
    {
        if (states.Count > 0 && !states.Contains(row.State.Word()))
            return false;
        foreach (var word in (text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Has(row.Name, word) && !Has(row.Namespace, word) && !Has(row.Sentence, word) && !Has(row.Job, word) && !Has(row.Lifecycle, word) && !Has(row.Team, word)
                && !Has(row.UpgradeMode, word) && !Has(row.Mode, word) && !Has(row.Version, word) && !Has(row.Release, word) && !Has(row.Tool, word))
                return false;
        }

        return true;
    }

    private static bool Has(string? text, string word) => text?.Contains(word, StringComparison.OrdinalIgnoreCase) == true;
}
