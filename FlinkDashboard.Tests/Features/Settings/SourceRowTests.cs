using FlinkDashboard.Features.Settings;
using FlinkDashboard.Gateways;
using FlinkDashboard.Model.Verdicts;

namespace FlinkDashboard.Tests.Features.Settings;

/// <summary>How sources fare, in words.</summary>
public class SourceRowTests
{
    private static readonly DateTimeOffset Then = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(null, 0, null, "Not set", VerdictState.Stopped)]
    [InlineData("https://s3", null, null, "Not asked yet", VerdictState.Stopped)]
    [InlineData("https://s3", 5, null, "Answers", VerdictState.Healthy)]
    [InlineData("https://s3", 5, "Unreachable", "No contact", VerdictState.Failing)]
    [InlineData("https://s3", 15, "Unreachable", "Answers", VerdictState.Healthy)]
    [InlineData("https://s3", 5, "AccessDeniedException", "Refuses", VerdictState.Degraded)]
    [InlineData("https://s3", null, "Credentials", "Refuses", VerdictState.Degraded)]
    [InlineData("https://s3", 5, "Conflict", "Answers", VerdictState.Healthy)]
    public void Source_IsJudged_ByItsLastAnswer(string? address, int? success, string? failure, string word, VerdictState verdict)
    {
        var tally = new GatewayTally(9, 1, success is { } at ? Then.AddSeconds(at) : null, failure is null ? null : new(Then.AddSeconds(10), failure, ""), null);
        var row = new SourceRow("s3", "S3", "", address, "", tally);
        Assert.Equal((word, verdict), (row.Word, row.Verdict));
    }

    [Theory]
    [InlineData("s3", "AccessDenied", "s3:ListBucket")]
    [InlineData("logs", "AccessDeniedException", "logs:FilterLogEvents")]
    [InlineData("livetail", "AccessDeniedException", "logs:StartLiveTail")]
    [InlineData("prometheus", "Forbidden", "aps:QueryMetrics")]
    [InlineData("flink", "Forbidden", "services/proxy")]
    [InlineData("kubernetes", "Unreachable", "network policies")]
    [InlineData("s3", "SomethingNew", "The page that asked")]
    public void Failure_SaysWhatItMeans_AndWhatIsMissing(string source, string reason, string said) => Assert.Contains(said, SourceWords.Meaning(source, reason), StringComparison.Ordinal);

    [Fact]
    public void Tally_KeepsTheLastFailure_AndForgetsWordsWithoutEnd()
    {
        var calls = new GatewayCalls("s3", TimeProvider.System);
        calls.Begin().Succeeded();
        calls.Begin().Failed("AccessDenied", "s3:ListBucket is missing");
        Assert.Equal((2, 1, "AccessDenied"), (calls.Now.Requests, calls.Now.Errors, calls.Now.LastError!.Reason));
        for (var i = 0; i < 100; i++)
            calls.Begin().Failed($"Reason{i}", "");
        Assert.Equal("Other", calls.Now.LastError!.Reason);
        calls.Begin().Failed("AccessDenied", "");
        Assert.Equal("AccessDenied", calls.Now.LastError!.Reason);
        calls.Begin().Failed("not a word", "");
        Assert.Equal("Other", calls.Now.LastError!.Reason);
    }
}
