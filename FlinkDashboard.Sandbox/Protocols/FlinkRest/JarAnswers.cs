using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox.World.Flink;

namespace FlinkDashboard.Sandbox.Protocols.FlinkRest;

/// <summary>Jars of session clusters: upload, list, plan, run, delete. Absent, as in Flink, where submission is off and in application clusters.</summary>
internal static class JarAnswers
{
    private const string Folder = "/opt/flink/upload/flink-web-upload";

    public static readonly IReadOnlyList<Route> Routes =
    [
        Of("GET", "/jars", List),
        Of("POST", "/jars/upload", Upload),
        Of("DELETE", "/jars/:jarid", Delete),
        Of("GET", "/jars/:jarid/plan", Plan),
        Of("POST", "/jars/:jarid/plan", Plan),
        Of("POST", "/jars/:jarid/run", Run),
    ];

    private static Route Of(string method, string path, Func<RestCall, RestAnswer> answer) => new(method, path, call =>
        call.Cluster.IsSession && call.Cluster.Configuration.Flag("web.submit.enable", true) ? answer(call) : throw new FlinkRefusal(404, method == "GET" ? $"Unable to load requested file {path}." : $"Not found: {path}"));

    private static RestAnswer List(RestCall call) => new JsonObject
    {
        ["address"] = $"http://{call.Cluster.Id}-rest.{call.Cluster.Namespace}:8081",
        ["files"] = new JsonArray([.. call.Cluster.Jars.Select(j => (JsonNode)new JsonObject
        {
            ["id"] = j.Id,
            ["name"] = j.Name,
            ["uploaded"] = RestCall.Ms(j.Uploaded),
            ["entry"] = j.MainClass is null ? new JsonArray() : new JsonArray(new JsonObject { ["name"] = j.MainClass, ["description"] = null }),
        })]),
    };

    // multipart/form-data with one file under any field name. Whether it is a jar shows when it is run, not here.
    private static RestAnswer Upload(RestCall call)
    {
        var head = Encoding.Latin1.GetString(call.RawBody.Span[..Math.Min(call.RawBody.Length, 2_048)]);
        var at = head.IndexOf("filename=\"", StringComparison.Ordinal);
        if (!head.StartsWith("--", StringComparison.Ordinal) || at < 0)
            throw Refusal(400, "Exactly 1 file must be sent, received 0.", "JarUploadHandler.handleRequest(JarUploadHandler.java:80)");
        var name = head[(at + 10)..head.IndexOf('"', at + 10)];
        if (!name.EndsWith(".jar", StringComparison.Ordinal))
            throw Refusal(400, "Only Jar files are allowed.", "JarUploadHandler.lambda$handleRequest$0(JarUploadHandler.java:87)");
        var start = head.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
        var isJar = start > 3 && head.AsSpan(start).StartsWith("PK", StringComparison.Ordinal);
        var hex = call.World.Hex(32);
        var id = $"{hex[..8]}-{hex[8..12]}-{hex[12..16]}-{hex[16..20]}-{hex[20..]}_{name}";
        var main = isJar && char.IsAsciiLetterLower(name[0]) ? $"jobs.{char.ToUpperInvariant(name[0])}{name[1..^4]}" : null;
        call.Cluster.Jars = [new FlinkJar(id, name, call.World.Now, main, isJar), .. call.Cluster.Jars];
        return new JsonObject { ["filename"] = $"{Folder}/{id}", ["status"] = "success" };
    }

    private static RestAnswer Delete(RestCall call)
    {
        var id = call.Path["jarid"];
        if (call.Cluster.Jars.All(j => j.Id != id))
            throw Refusal(400, $"File {id} does not exist in {Folder}.", "JarDeleteHandler.lambda$handleRequest$0(JarDeleteHandler.java:79)");
        call.Cluster.Jars = [.. call.Cluster.Jars.Where(j => j.Id != id)];
        return new JsonObject();
    }

    private static RestAnswer Plan(RestCall call)
    {
        var (jar, arguments, parallelism) = Program(call);
        var known = KnownJobs.Of(jar.Name, arguments, Text(call, "entryClass") ?? jar.MainClass);
        var vertices = known.Vertices.Select(v => new FlinkVertex(v.Id, v.Name, [.. v.Inputs.Select(i => new FlinkEdge(known.Vertices[i.From].Id, i.Ship))]) { Parallelism = parallelism ?? call.Cluster.Configuration.Number("parallelism.default", 1), Traits = v });
        return new JsonObject { ["plan"] = JobAnswers.Plan(new FlinkJob(call.World.Hex(32), known.JobName, call.World.Now) { Vertices = [.. vertices], Type = known.IsBatch ? "BATCH" : "STREAMING", Program = known }) };
    }

    private static RestAnswer Run(RestCall call)
    {
        var (jar, arguments, parallelism) = Program(call);
        var jobId = Text(call, "jobId");
        if (jobId is not null && !(jobId.Length == 32 && jobId.All(char.IsAsciiHexDigit)))
            throw BadBody();
        if (parallelism < 1)
            throw Refusal(400, "Could not execute application.", "JarRunHandler.lambda$handleRequest$1(JarRunHandler.java:114)");
        return new JsonObject
        {
            ["jobid"] = call.Cluster.RunJar(new JarRun(jar.Name)
            {
                EntryClass = Text(call, "entryClass"),
                Arguments = arguments,
                Parallelism = parallelism,
                JobId = jobId,
                SavepointPath = Text(call, "savepointPath"),
                AllowNonRestored = call.Body["allowNonRestoredState"] is JsonValue flag && flag.TryGetValue<bool>(out var allowed) && allowed,
            }),
        };
    }

    private static (FlinkJar, IReadOnlyList<string>, int?) Program(RestCall call)
    {
        var id = call.Path["jarid"];
        var jar = call.Cluster.Jars.FirstOrDefault(j => j.Id == id) ?? throw ServerSide($"org.apache.flink.runtime.rest.handler.RestHandlerException: Jar file {Folder}/{id} does not exist");
        if (!jar.IsJar)
            throw ServerSide($"org.apache.flink.client.program.ProgramInvocationException: Error while opening jar file '{Folder}/{id}'");
        var arguments = call.Body["programArgsList"] is JsonArray list ? [.. list.Select(a => (string)a!)]
            : call.Query.TryGetValue("programArg", out var query) ? query.Split(',')
            : (Text(call, "programArgs") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return (jar, arguments, Parallelism(call));
    }

    private static int? Parallelism(RestCall call) => call.Body["parallelism"] switch
    {
        null => call.Query.ContainsKey("parallelism") ? call.Number("parallelism", 1) : null,
        JsonValue value when value.TryGetValue<int>(out var number) => number,
        JsonValue value when value.TryGetValue<string>(out var text) && int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var number) => number,
        _ => throw BadBody(),
    };

    private static string? Text(RestCall call, string name) => call.Body[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : call.Query.GetValueOrDefault(name);

    private static FlinkRefusal BadBody() => RestCall.Bad("Request did not match expected format JarRunRequestBody.");

    private static FlinkRefusal Refusal(int status, string message, string frame) =>
        new(status, FlinkThrowable.Of("org.apache.flink.runtime.rest.handler.RestHandlerException", message, "org.apache.flink.runtime.webmonitor.handlers." + frame).StackTrace);

    private static FlinkRefusal ServerSide(string cause) => new(500, "Internal server error.",
        $"<Exception on server side:\njava.util.concurrent.CompletionException: {cause}\n\tat org.apache.flink.runtime.webmonitor.handlers.utils.JarHandlerUtils$JarHandlerContext.toPackagedProgram(JarHandlerUtils.java:195)\n\nEnd of exception on server side>");
}
