using System.Diagnostics;
using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.World;
using FlinkDashboard.Tests.Support;

namespace FlinkDashboard.Tests.Sandbox.Clients;

/// <summary>A fact about @kubernetes/client-node; skipped where it is not installed.</summary>
public sealed class ClientNodeFactAttribute : FactAttribute
{
    internal static readonly string Folder = Path.Combine(Repository.Root, "FlinkDashboard.Tests", "Sandbox", "Clients");

    public ClientNodeFactAttribute() => Skip = !Directory.Exists(Path.Combine(Folder, "node_modules"))
        ? "@kubernetes/client-node is not installed: npm ci --prefix FlinkDashboard.Tests/Sandbox/Clients." : null;
}

public sealed class ClientNodeTests : IAsyncLifetime
{
    private readonly DirectoryInfo _home = Directory.CreateTempSubdirectory("sandbox-node-");
    private SandboxCluster _cluster = null!;

    private SandboxWorld World => _cluster.World;

    public async Task InitializeAsync()
    {
        _cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "quiet", Speed = 0, HttpsPort = 0 });
        KubeConfigFile.Write(_cluster, Path.Combine(_home.FullName, "config"));
    }

    public async Task DisposeAsync()
    {
        await _cluster.DisposeAsync();
        _home.Delete(recursive: true);
    }

    [ClientNodeFact]
    public async Task Informer_SurvivesACutWatch_AndAForgottenVersion()
    {
        Add("orders");
        using var client = Start("informer");
        await ExpectAsync(client, "connect", "add orders");
        await AddWhenWatchedAsync(client);
        _cluster.Faults.CutWatches();
        Assert.StartsWith("error", await LineAsync(client), StringComparison.Ordinal);
        Suspend("orders");
        await client.StandardInput.WriteLineAsync("go");
        await ExpectAsync(client, "connect", "update orders");
        _cluster.Faults.CutWatches();
        Assert.StartsWith("error", await LineAsync(client), StringComparison.Ordinal);
        World.Objects.Delete(ResourceTypes.FlinkDeployments, "default", "orders");
        Add("late");
        World.Objects.Compact();
        await client.StandardInput.WriteLineAsync("go");
        // Watches from the old version, is told 410, lists again.
        await ExpectAsync(client, "connect", "connect", "delete orders", "add late");
        client.StandardInput.Close();
        await client.WaitForExitAsync();
    }

    [ClientNodeFact]
    public async Task Lists_Patches_Logs_AndExec_AreAnsweredAsByACluster()
    {
        Add("orders");
        World.Objects.Create(ResourceTypes.Pods, JsonNode.Parse("""
            {"metadata":{"name":"orders-0","namespace":"default","uid":"uid-1"},"spec":{"nodeName":"n","containers":[{"name":"main"}]},
             "status":{"phase":"Running","containerStatuses":[{"name":"main","ready":true,"restartCount":0,"state":{"running":{}},"lastState":{}}]}}
            """)!.AsObject(), part: WritePart.All);
        World.Logs.Append("uid-1", "main", 0, World.Now, "one\ntwo\nthree");
        using var client = Start("calls");
        await ExpectAsync(client, "list FlinkDeploymentList orders", "pods orders-0", "merge suspended 2", "json running 3", "strategic refused 415 UnsupportedMediaType", "log two", "log three");
        World.Logs.Append("uid-1", "main", 0, World.Now, "four");
        await ExpectAsync(client, "log four");
        World.Logs.Close("uid-1", "main", 0);
        Assert.Matches("^exec .*501", await LineAsync(client));
        await client.WaitForExitAsync();
    }

    // The informer says "connect" before its watch stands: only a change that arrives tells that it does.
    private async Task AddWhenWatchedAsync(Process client)
    {
        Add("second");
        await ExpectAsync(client, "add second");
    }

    private void Add(string name) => World.Objects.Create(ResourceTypes.FlinkDeployments, JsonNode.Parse("""
        {"metadata":{"name":"NAME","namespace":"default"},"spec":{"image":"flink:1.20","flinkVersion":"v1_20","job":{"jarURI":"local:///a.jar","state":"running"}}}
        """.Replace("NAME", name))!.AsObject());

    private void Suspend(string name) => World.Objects.Update(ResourceTypes.FlinkDeployments, "default", name, o =>
    {
        o["spec"]!["job"]!["state"] = "suspended";
        return o;
    });

    private Process Start(string mode)
    {
        var start = new ProcessStartInfo("node", ["client-node.mjs", mode]) { WorkingDirectory = ClientNodeFactAttribute.Folder, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["KUBECONFIG"] = Path.Combine(_home.FullName, "config");
        start.Environment["NODE_NO_WARNINGS"] = "1";
        return Process.Start(start)!;
    }

    private static async Task ExpectAsync(Process client, params string[] lines)
    {
        foreach (var line in lines)
            Assert.Equal(line, await LineAsync(client));
    }

    private static async Task<string> LineAsync(Process client)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await client.StandardOutput.ReadLineAsync(patience.Token) ?? throw new EndOfStreamException("the client has ended");
    }
}
