using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Operator;

/// <summary>Scenarios in the form of the recorded ones, written by a test.</summary>
internal static class HandMadeScenario
{
    /// <summary>A scenario of steps without recorded states.</summary>
    public static RecordedScenario Of(string ns, IReadOnlyList<JsonObject> steps, IEnumerable<JsonObject>? events = null, long duration = 0)
    {
        var folder = Directory.CreateTempSubdirectory("scenario").FullName;
        try
        {
            var json = new JsonObject
            {
                ["name"] = ns,
                ["purpose"] = "hand-made",
                ["namespace"] = ns,
                ["startedAt"] = "2026-11-24T16:04:44Z",
                ["durationMs"] = duration,
                ["steps"] = new JsonArray([.. steps.Select(s => s.DeepClone())]),
            };
            File.WriteAllText(Path.Combine(folder, "scenario.json"), json.ToJsonString());
            File.WriteAllLines(Path.Combine(folder, "events.jsonl"), (events ?? []).Select(e => e.ToJsonString()));
            return RecordedScenario.LoadFolder(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Sends steps to a sandbox and keeps what happens in the form of a recording.</summary>
    public static RecordedScenario Record(string ns, IReadOnlyList<JsonObject> steps, TimeSpan end)
    {
        var plan = Of(ns, steps, duration: (long)end.TotalMilliseconds);
        var stage = new ScenarioStage(plan, seed: 7);
        var start = stage.World.Now;
        var events = new List<JsonObject>();
        foreach (var type in ResourceTypes.All.Where(t => t.Namespaced && t.Group != "metrics.k8s.io"))
        {
            events.AddRange(stage.World.Objects.List(type, ns).Items.Select(o => Event(0, "ADDED", o)));
            stage.World.OnChange(type, c => events.Add(Event((long)(stage.World.Now - start).TotalMilliseconds, c.Type.ToString().ToUpperInvariant(), c.Object)));
        }
        foreach (var step in plan.Steps)
        {
            stage.Advance(start + TimeSpan.FromMilliseconds(step.At) - stage.World.Now);
            stage.Send(step);
        }
        stage.Advance(start + end - stage.World.Now);
        return Of(ns, steps, events, (long)end.TotalMilliseconds);
    }

    private static JsonObject Event(long at, string type, WorldObject item) =>
        new() { ["t"] = at, ["resource"] = item.Type.Plural, ["type"] = type, ["object"] = item.Read() };

    /// <summary>The spec of a FlinkDeployment as the recorded scenarios create it.</summary>
    public static JsonObject Application(string upgradeMode) => new()
    {
        ["image"] = "flink:1.20",
        ["imagePullPolicy"] = "IfNotPresent",
        ["flinkVersion"] = "v1_20",
        ["flinkConfiguration"] = new JsonObject
        {
            ["taskmanager.numberOfTaskSlots"] = "2",
            ["state.savepoints.dir"] = "file:///flink-data/savepoints",
            ["state.checkpoints.dir"] = "file:///flink-data/checkpoints",
            ["execution.checkpointing.interval"] = "10 s",
            ["high-availability.type"] = "kubernetes",
            ["high-availability.storageDir"] = "file:///flink-data/ha",
        },
        ["serviceAccount"] = "flink",
        ["jobManager"] = new JsonObject { ["resource"] = new JsonObject { ["memory"] = "1024m", ["cpu"] = 0.1 } },
        ["taskManager"] = new JsonObject { ["resource"] = new JsonObject { ["memory"] = "1024m", ["cpu"] = 0.1 } },
        ["job"] = new JsonObject
        {
            ["jarURI"] = "local:///opt/flink/examples/streaming/StateMachineExample.jar",
            ["parallelism"] = 2,
            ["upgradeMode"] = upgradeMode,
            ["state"] = "running",
        },
    };
}
