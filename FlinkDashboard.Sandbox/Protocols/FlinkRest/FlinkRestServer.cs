using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>
/// The REST API of every JobManager (port 8081 of its pod), answered from <see cref="SandboxWorld.Flink"/>. A port that is not open
/// yet does not answer at all; before leadership is settled it answers 503.
/// </summary>
public sealed class FlinkRestServer
{
    /// <summary>Port of every JobManager's REST API.</summary>
    internal const int Port = 8081;

    private const string ContentType = "application/json; charset=UTF-8";

    private readonly SandboxWorld _world;
    private static readonly IReadOnlyList<Route> Routes =
    [
        .. ClusterAnswers.Routes, .. JobAnswers.Routes, .. CheckpointAnswers.Routes, .. ExceptionAnswers.Routes,
        .. VertexAnswers.Routes, .. TaskManagerAnswers.Routes, .. MetricAnswers.Routes, .. CommandAnswers.Routes,
        .. LoadAnswers.Routes, .. AccumulatorAnswers.Routes, .. SampleAnswers.Routes, .. FileAnswers.Routes, .. CheckpointSubtaskAnswers.Routes, .. JarAnswers.Routes,
    ];

    // Fewest parameters first: /subtasks/metrics is not the subtask called "metrics".
    private readonly IReadOnlyList<Route> _routes = [.. Routes.OrderBy(r => r.Template.Count(c => c == ':'))];

    private FlinkRestServer(SandboxWorld world) => _world = world;

    /// <summary>Makes the JobManagers of a world answer.</summary>
    public static void Register(SandboxWorld world)
    {
        var server = new FlinkRestServer(world);
        world.Servers.Add((request, _) => Task.FromResult(server.Answer(request)));
    }

    private PodResponse? Answer(PodRequest request)
    {
        if (request.Port != Port || request.Pod.Labels.GetValueOrDefault("component") != "jobmanager")
            return null;
        lock (_world.Flink.Gate)
        {
            var cluster = _world.Flink.InPod(request.Pod.Namespace, request.Pod.Name);
            if (cluster is not { IsListening: true })
                return null;
            // A standby forwards to the leader.
            if (!cluster.IsAnswering)
                cluster = _world.Flink.Find(cluster.Namespace, cluster.Id);
            return cluster is null
                ? Errors(503, "Service temporarily unavailable due to an ongoing leader election. Please refresh.")
                : Dispatch(cluster, request);
        }
    }

    private PodResponse Dispatch(FlinkCluster cluster, PodRequest request)
    {
        var path = request.Path.StartsWith("/v1/", StringComparison.Ordinal) ? request.Path[3..] : request.Path;
        var segments = path.Split('/', StringSplitOptions.RemoveEmptyEntries).Select(Uri.UnescapeDataString).ToArray();
        try
        {
            foreach (var route in _routes.Where(r => r.Method == request.Method))
            {
                if (route.Match(segments) is not { } parameters)
                    continue;
                var call = new RestCall(_world, cluster, parameters, Query(request.Query), request.Body);
                if (call.Since(route.Since.Major, route.Since.Minor))
                    return Write(route.Answer(call));
            }
            return Errors(404, request.Method == "GET" ? $"Unable to load requested file {path}." : $"Not found: {path}");
        }
        catch (FlinkRefusal refusal)
        {
            return Errors(refusal.Status, [.. refusal.Errors]);
        }
    }

    private static PodResponse Write(RestAnswer answer) => answer.Text is { } text
        ? new PodResponse(answer.Status, "text/plain", Encoding.UTF8.GetBytes(text))
        : new PodResponse(answer.Status, ContentType, JsonSerializer.SerializeToUtf8Bytes(answer.Body, JsonText.Options));

    internal static PodResponse Errors(int status, params string[] errors) =>
        Write(new RestAnswer(new JsonObject { ["errors"] = new JsonArray([.. errors.Select(e => (JsonNode)e)]) }, status));

    private static Dictionary<string, string> Query(string query)
    {
        var values = new Dictionary<string, string>();
        foreach (var pair in query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = pair.Split('=', 2);
            var value = Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? "");
            values[parts[0]] = values.TryGetValue(parts[0], out var before) ? $"{before},{value}" : value;
        }
        return values;
    }
}
