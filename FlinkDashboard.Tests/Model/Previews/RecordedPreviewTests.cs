using FlinkDashboard.Model.Manifests;
using FlinkDashboard.Model.Previews;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Model.Previews;

/// <summary>Asked before each recorded edit, the preview names what the recording then shows.</summary>
public class RecordedPreviewTests
{
    public static TheoryData<string> Scenarios => Recording.Names;

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public void EachEdit_IsForetold(string scenario)
    {
        var wrong = RecordedEdit.Of(scenario).Select(Difference).OfType<string>().ToList();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [RecordedFact]
    public void EditsAreFound() =>
        Assert.True(Repository.Scenarios.Select(s => Path.GetFileName(s)!).SelectMany(RecordedEdit.Of).Count(e => RecordedOutcome.Of(e) is not null) >= 20);

    private static string? Difference(RecordedEdit edit)
    {
        if (RecordedOutcome.Of(edit) is not { } shown)
            return null;
        var schema = edit.Status >= 400 ? RecordedSchemas.Of(edit.Resource) : null;
        if (edit.Status >= 400 && schema is null)
            return null;
        var told = EffectPreview.Of(edit.Input with { Schema = schema });
        var same = shown.Kinds.Contains(told.Kind) && (shown.Stop is null || shown.Stop == told.Stop) && (shown.Restore is null || shown.Restore == told.Restore)
            && (shown.Message is null || (told.Problems.Count > 0 && told.Problems.Any(p => p.Severity == ProblemSeverity.Error && shown.Message.Contains(p.Message, StringComparison.Ordinal))));
        return same ? null
            : $"{edit.Name} at {edit.At} ({edit.Step.GetRawText()[..Math.Min(220, edit.Step.GetRawText().Length)]})\n  shown {string.Join('/', shown.Kinds)} {shown.Stop} {shown.Restore} {shown.Message}\n  told  {told.Kind} {told.Stop} {told.Restore} row {told.Row}: {told.Sentence} {string.Join(" | ", told.Problems.Select(p => p.Message))}";
    }
}
