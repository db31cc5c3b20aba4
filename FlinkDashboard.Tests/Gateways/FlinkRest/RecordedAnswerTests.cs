using System.Text;
using System.Text.Json;
using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Model.Flink;
using FlinkDashboard.Model.Kinds;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Gateways.FlinkRest;

/// <summary>Everything a real JobManager answered, through the gateway's records.</summary>
public sealed class RecordedAnswerTests
{
    public static TheoryData<string> Scenarios => Recording.Names;

    [Fact]
    public void EveryAllowedPath_HasARecord() => Assert.Equal(FlinkPaths.All.Select(p => p.Template).Order(StringComparer.Ordinal), RecordedAnswer.Types.Keys.Order(StringComparer.Ordinal));

    [RecordedFact(RecordingKind.FlinkRest)]
    public void EveryRecordedFile_LosesNothing()
    {
        var answers = RecordedAnswer.OfFiles().Where(a => a is { Method: "GET", Status: 200 } && a.Endpoint is not null).ToList();
        Assert.True(answers.Count > 150, $"only {answers.Count} answers");
        Assert.Empty(answers.SelectMany(Lost).Take(20));
    }

    [RecordedFact(RecordingKind.FlinkRest)]
    public void EveryRecordedRead_IsAllowed_OrLeftOutOnPurpose()
    {
        var wrong = RecordedAnswer.OfFiles().Where(a => a.Method == "GET" && a.Endpoint is null)
            .Where(a => !RecordedAnswer.NeverAsked.Keys.Any(k => a.Path.Split('?')[0].StartsWith(k, StringComparison.Ordinal)))
            .Select(a => a.Path);
        Assert.Empty(wrong);
    }

    [RecordedTheory]
    [MemberData(nameof(Scenarios))]
    public void EveryAnswerOfAScenario_LosesNothing(string scenario) =>
        Assert.Empty(RecordedAnswer.OfScenario(scenario).Where(a => a.Status == 200).SelectMany(Lost).Take(20));

    [RecordedFact(RecordingKind.FlinkRest)]
    public void EveryRecordedError_BecomesASentence()
    {
        var errors = RecordedAnswer.OfFiles().Where(a => a.Status >= 400).ToList();
        Assert.True(errors.Count > 30, $"only {errors.Count} errors");
        foreach (var error in errors)
        {
            var (message, detail) = ErrorReading.Of(error.Status, Encoding.UTF8.GetBytes(error.Body.GetRawText()));
            Assert.True(message.Length > 0 && !message.Contains("\n\tat ", StringComparison.Ordinal) && !message.StartsWith("org.", StringComparison.Ordinal) && !message.StartsWith("java.", StringComparison.Ordinal), $"{error.Source}: {message}");
            Assert.All(error.Body.GetProperty("errors").EnumerateArray(), e => Assert.Contains(e.GetString()!, detail ?? message, StringComparison.Ordinal));
        }
    }

    [RecordedFact(RecordingKind.FlinkRest)]
    public void EveryStateWord_IsKnown()
    {
        foreach (var job in RecordedAnswer.OfFiles().Where(a => a is { Status: 200, Endpoint: "/jobs/{jobid}" }).Select(a => FlinkJson.Parse<JobDetails>(Bytes(a))))
        {
            Assert.Contains(job.State, JobState.Known);
            Assert.All(job.Vertices, v => Assert.Contains(v.Status, TaskState.Known));
            Assert.Equal(job.Vertices.Count, job.StatusCounts.Total);
            // While the adaptive scheduler waits for slots there are no tasks and no graph yet.
            var waits = job.Plan.Nodes.Count == 0;
            Assert.All(job.Vertices, v => Assert.Equal(waits ? 0 : v.Parallelism, v.Tasks.Total));
            Assert.Equal(waits ? [] : job.Vertices.Select(v => v.Id).Order(StringComparer.Ordinal), job.Plan.Nodes.Select(n => n.Id).Order(StringComparer.Ordinal));
        }
    }

    [RecordedFact(RecordingKind.FlinkRest)]
    public void Chains_AreThePlainNames_OfTheirVertex()
    {
        foreach (var job in RecordedAnswer.OfFiles().Where(a => a is { Status: 200, Endpoint: "/jobs/{jobid}" }).Select(a => FlinkJson.Parse<JobDetails>(Bytes(a))))
            foreach (var node in job.Plan.Nodes)
                Assert.Equal(job.Vertices.Single(v => v.Id == node.Id).Name, string.Join(" -> ", node.Chain));
    }

    internal static byte[] Bytes(RecordedAnswer answer) => Encoding.UTF8.GetBytes(answer.Body.GetRawText());

    private static IEnumerable<string> Lost(RecordedAnswer answer)
    {
        if (answer.Endpoint is not { } endpoint)
            return [$"{answer.Source}: {answer.Path} is not on the allow-list"];
        var type = RecordedAnswer.Types[endpoint];
        if (type == typeof(LogText))
            return answer.Body.ValueKind == JsonValueKind.String ? [] : [$"{answer.Source}: no text"];
        return RestLoss.Of(answer.Body, type).Select(l => $"{answer.Source} {l}");
    }
}
