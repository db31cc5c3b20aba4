using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Ui.Flink;

/// <summary>A verdict's sentence without the opening that repeats its state and age, for places where both stand beside it.</summary>
public static class SentenceParts
{
    /// <summary>"Failing for 4 min: the JobManager restarts." → "The JobManager restarts."; stale sentences keep "As of …".</summary>
    public static string Cause(VerdictState state, string sentence)
    {
        var colon = sentence.IndexOf(": ", StringComparison.Ordinal);
        if (colon < 0 || colon + 2 >= sentence.Length || !sentence.StartsWith(state.ToString(), StringComparison.Ordinal))
            return sentence;
        return char.ToUpperInvariant(sentence[colon + 2]) + sentence[(colon + 3)..];
    }
}
