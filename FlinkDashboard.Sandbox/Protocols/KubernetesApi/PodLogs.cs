using System.Globalization;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using FlinkDashboard.Sandbox.Protocols.KubernetesApi.Tables;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Sandbox.Protocols.KubernetesApi;

/// <summary>The <c>pods/log</c> subresource: chooses the container as the API server does, and its log as the kubelet does.</summary>
internal sealed class PodLogs(SandboxWorld world, Faults faults)
{
    /// <summary>Answers a log request in plain text.</summary>
    public async Task AnswerAsync(ApiRequest request)
    {
        var options = PodLogOptions.Read(request, world.Now);
        var pod = world.Objects.Get(ResourceTypes.Pods, request.Namespace, request.Name);
        var source = Source(pod, options);
        var response = request.Http.Response;
        response.ContentType = "text/plain";
        await response.StartAsync(request.Cancel).ConfigureAwait(false);
        if (source is not { } log)
            return;
        var cut = faults.Cut;
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(request.Cancel, cut);
        try
        {
            await CopyAsync(log.Container, log.Restart, pod.Uid, options, response.BodyWriter, stop.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cut.IsCancellationRequested)
        {
            request.Http.Abort();
        }
    }

    private async Task CopyAsync(string container, int restart, string uid, PodLogOptions options, PipeWriter output, CancellationToken stop)
    {
        long next = 0;
        var left = options.LimitBytes ?? long.MaxValue;
        var first = true;
        while (left > 0 && world.Logs.Read(uid, container, restart, next) is { } read)
        {
            var lines = options.Since is { } since ? [.. read.Lines.Where(l => l.Time >= since)] : read.Lines;
            if (first && options.TailLines is { } tail && lines.Count > tail)
                lines = [.. lines.Skip(lines.Count - (int)tail)];
            first = false;
            foreach (var line in lines)
                left -= Write(output, line, options.Timestamps, left);
            if (read.Lines.Count > 0)
                next = read.Lines[^1].Number + 1;
            await output.FlushAsync(stop).ConfigureAwait(false);
            if (!options.Follow || !read.Open)
                return;
            await read.Changed.WaitAsync(stop).ConfigureAwait(false);
        }
    }

    private static long Write(PipeWriter output, ContainerLogLine line, bool timestamps, long most)
    {
        if (most <= 0)
            return 0;
        var time = timestamps ? line.Time.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffffff00Z ", CultureInfo.InvariantCulture) : "";
        var bytes = Encoding.UTF8.GetBytes($"{time}{line.Text}\n");
        var length = (int)Math.Min(bytes.Length, most);
        bytes.AsSpan(0, length).CopyTo(output.GetSpan(length));
        output.Advance(length);
        return length;
    }

    // Null: the pod is on no node yet, and the API server answers an empty text.
    private static (string Container, int Restart)? Source(WorldObject pod, PodLogOptions options)
    {
        using var document = JsonDocument.Parse(pod.Json);
        var root = document.RootElement;
        var name = ContainerOf(pod.Name, root, options.Container);
        if (Cells.Text(root, "spec", "nodeName").Length == 0)
            return null;
        var status = Cells.Items(root, "status", "containerStatuses").Concat(Cells.Items(root, "status", "initContainerStatuses"))
            .FirstOrDefault(s => Cells.Text(s, "name") == name);
        if (status.ValueKind == JsonValueKind.Undefined)
            throw BadRequest($"container \"{name}\" in pod \"{pod.Name}\" is not available");
        var restart = (int)Cells.Number(status, "restartCount");
        var ended = Cells.At(status, "lastState", "terminated").ValueKind == JsonValueKind.Object;
        var waiting = Cells.At(status, "state", "waiting").ValueKind == JsonValueKind.Object;
        if (options.Previous)
            return ended ? (name, waiting ? restart : restart - 1) : throw BadRequest($"previous terminated container \"{name}\" in pod \"{pod.Name}\" not found");
        return waiting && !ended ? throw BadRequest($"container \"{name}\" in pod \"{pod.Name}\" is waiting to start: {Waiting(status)}") : (name, restart);
    }

    // kubelet validateContainerLogStatus: the two image reasons are put in words.
    private static string Waiting(JsonElement status) => Cells.Text(status, "state", "waiting", "reason") switch
    {
        "ErrImagePull" => "image can't be pulled",
        "ImagePullBackOff" => "trying and failing to pull image",
        var reason => reason,
    };

    // registry/core/pod LogLocation.
    private static string ContainerOf(string pod, JsonElement root, string asked)
    {
        var names = Cells.Items(root, "spec", "containers").Select(c => Cells.Text(c, "name")).ToList();
        var init = Cells.Items(root, "spec", "initContainers").Select(c => Cells.Text(c, "name")).ToList();
        if (asked.Length > 0)
            return names.Contains(asked) || init.Contains(asked) ? asked : throw BadRequest($"container {asked} is not valid for pod {pod}");
        if (names.Count == 1)
            return names[0];
        var initNote = init.Count > 0 ? $" or one of the init containers: [{string.Join(' ', init)}]" : "";
        throw BadRequest($"a container name must be specified for pod {pod}, choose one of: [{string.Join(' ', names)}]{initNote}");
    }

    private static ApiError BadRequest(string message) => new(400, "BadRequest", message);
}
