using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using FlinkDashboard.Gateways.FlinkRest;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.Flink;

/// <summary>What a real JobManager refused, the sandbox refuses with the same code and the same sentence.</summary>
public sealed partial class RecordedRestErrorTests
{
    [RecordedFact(RecordingKind.FlinkRest)]
    public async Task Reads_OfThingsThatAreNotThere_GetTheRecordedAnswers()
    {
        var rest = new RestStage();
        rest.Stage.Deploy("local:///opt/flink/jobs/steady.jar", settings: ["execution.checkpointing.interval: 5 s"]);
        rest.Stage.Advance(40);
        var (wrong, compared) = (new List<string>(), 0);
        foreach (var file in Directory.EnumerateFiles(Repository.RecordedFlinkRest!, "GET__*.json", SearchOption.AllDirectories).Where(f => Variant().IsMatch(f)))
        {
            var recorded = JsonNode.Parse(await File.ReadAllTextAsync(file))!;
            if ((int)recorded["status"]! < 400)
                continue;
            compared++;
            var path = Here((string)recorded["request"]!["path"]!, rest);
            var (status, body) = await rest.AskAsync("GET", path);
            var (expected, actual) = (Sentence(recorded["body"]!, (int)recorded["status"]!), Sentence(body!, status));
            if (status != (int)recorded["status"]! || expected != actual)
                wrong.Add($"{Path.GetFileName(file)} {path}: {(int)recorded["status"]!} {expected} / {status} {actual}");
        }
        Assert.True(compared >= 12, $"only {compared}");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    // The recorded job, vertex and TaskManager become those of the stage; ids of nothing stay.
    private static string Here(string path, RestStage rest)
    {
        var job = rest.Stage.Cluster().Jobs.Single();
        var worker = rest.Stage.Cluster().TaskManagers.First().Id;
        var ids = new[] { job.Id, job.Vertices[1].Id };
        var next = 0;
        var own = Id().Replace(path, id => id.Value.Distinct().Count() == 1 ? id.Value : ids[Math.Min(next++, 1)]);
        return own.Replace("taskmanager-1", worker, StringComparison.Ordinal).Replace("taskmanager-2", worker, StringComparison.Ordinal);
    }

    // Ids and names differ; so does what Java says of its own objects.
    private static string Sentence(JsonNode body, int status) =>
        Neutral().Replace(ErrorReading.Of(status, Encoding.UTF8.GetBytes(body.ToJsonString())).Message.Split('\n')[0], "ID");

    [GeneratedRegex(@"\.(unknown[a-z-]*|bad-[a-z-]+)\.json$")]
    private static partial Regex Variant();

    [GeneratedRegex("[0-9a-f]{32}")]
    private static partial Regex Id();

    [GeneratedRegex("[0-9a-f]{32}|@[0-9a-f]+|(orders-)?taskmanager-[0-9-]+|TaskExecutor [^ ]+")]
    private static partial Regex Neutral();
}
