using System.Text.Json.Nodes;
using FlinkDashboard.Sandbox;
using FlinkDashboard.Sandbox.World;

namespace FlinkDashboard.Tests.Sandbox.Clients;

/// <summary>What one does with kubectl on a cluster, done on the sandbox over HTTPS. Must hold for kubectl 1.20 and newer.</summary>
public class KubectlTests : IAsyncLifetime
{
    private const string Orders = """
        apiVersion: flink.apache.org/v1beta1
        kind: FlinkDeployment
        metadata:
          name: orders
          labels: {team: a}
        spec:
          image: flink:1.20
          flinkVersion: v1_20
          taskManager: {replicas: 1}
          job: {jarURI: "local:///job.jar", parallelism: 2, state: running, upgradeMode: savepoint}
        """;

    private SandboxCluster _cluster = null!;
    private Kubectl _kubectl = null!;

    private SandboxWorld World => _cluster.World;

    public async Task InitializeAsync()
    {
        _cluster = await SandboxCluster.StartAsync(new SandboxOptions { World = "quiet", Speed = 0, HttpsPort = 0 });
        if (Kubectl.Program is not null)
            _kubectl = new Kubectl(_cluster);
    }

    public async Task DisposeAsync()
    {
        _kubectl?.Dispose();
        await _cluster.DisposeAsync();
    }

    [KubectlFact]
    public async Task ResourceLife_FromApplyToDelete()
    {
        var file = _kubectl.ManifestFile(Orders);
        Assert.Equal("flinkdeployment.flink.apache.org/orders created\n", await _kubectl.RunAsync("apply", "-f", file));
        Assert.Equal("flinkdeployment.flink.apache.org/orders unchanged\n", await _kubectl.RunAsync("apply", "-f", file));
        var changed = _kubectl.ManifestFile(Orders.Replace("parallelism: 2", "parallelism: 3").Replace("labels: {team: a}", "labels: {}"));
        Assert.Equal("flinkdeployment.flink.apache.org/orders configured\n", await _kubectl.RunAsync("apply", "-f", changed));
        Assert.Equal("3", await _kubectl.RunAsync("get", "flinkdep", "orders", "-o", "jsonpath={.spec.job.parallelism}"));
        Assert.Equal("", await _kubectl.RunAsync("get", "flinkdep", "orders", "-o", "jsonpath={.metadata.labels.team}"));
        Assert.Contains("(AlreadyExists)", await _kubectl.FailAsync("create", "-f", file), StringComparison.Ordinal);
        Assert.Contains("patched", await _kubectl.RunAsync("patch", "flinkdep", "orders", "--type=merge", "-p", """{"spec":{"job":{"state":"suspended"}}}"""), StringComparison.Ordinal);
        Assert.Contains("patched", await _kubectl.RunAsync("patch", "flinkdep/orders", "--type=json", "-p", """[{"op":"replace","path":"/spec/job/state","value":"running"}]"""), StringComparison.Ordinal);
        Assert.Contains("the body of the request was in an unknown format", await _kubectl.FailAsync("patch", "flinkdep", "orders", "--type=strategic", "-p", "{}"), StringComparison.Ordinal);
        Assert.Contains("scaled", await _kubectl.RunAsync("scale", "flinkdep/orders", "--replicas=4"), StringComparison.Ordinal);
        Assert.Equal("4 5", await _kubectl.RunAsync("get", "flinkdep", "orders", "-o", "jsonpath={.spec.taskManager.replicas} {.metadata.generation}"));
        Assert.Contains("labeled", await _kubectl.RunAsync("label", "flinkdep", "orders", "tier=gold"), StringComparison.Ordinal);
        Assert.Contains("annotated", await _kubectl.RunAsync("annotate", "flinkdep", "orders", "note=x"), StringComparison.Ordinal);
        Assert.Contains("deleted", await _kubectl.RunAsync("delete", "flinkdep", "orders"), StringComparison.Ordinal);
        Assert.Contains("flinkdeployments.flink.apache.org \"orders\" not found", await _kubectl.FailAsync("get", "flinkdep", "orders"), StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task BuiltInObject_IsAppliedAndPatchedStrategically()
    {
        const string web = """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: web, namespace: default}
            spec:
              selector: {matchLabels: {app: web}}
              template:
                metadata: {labels: {app: web}}
                spec: {containers: [{name: web, image: "nginx:1", env: [{name: A, value: "1"}]}, {name: log, image: "fluentd:1"}]}
            """;
        Assert.Contains("created", await _kubectl.RunAsync("apply", "-f", _kubectl.ManifestFile(web)), StringComparison.Ordinal);
        var changed = web.Replace("nginx:1", "nginx:2").Replace(", {name: log, image: \"fluentd:1\"}", "");
        Assert.Contains("configured", await _kubectl.RunAsync("apply", "-f", _kubectl.ManifestFile(changed)), StringComparison.Ordinal);
        Assert.Equal("web nginx:2", await _kubectl.RunAsync("get", "deploy", "web", "-o", "jsonpath={range .spec.template.spec.containers[*]}{.name} {.image}{end}"));
        Assert.Contains("image updated", await _kubectl.RunAsync("set", "image", "deploy/web", "web=nginx:3"), StringComparison.Ordinal);
        Assert.Contains("restarted", await _kubectl.RunAsync("rollout", "restart", "deploy/web"), StringComparison.Ordinal);
        Assert.Equal("nginx:3 1", await _kubectl.RunAsync("get", "deploy", "web", "-o", "jsonpath={.spec.template.spec.containers[0].image} {.spec.template.spec.containers[0].env[0].value}"));
    }

    [KubectlFact]
    public async Task DryRun_Validation_AndEdit()
    {
        var file = _kubectl.ManifestFile(Orders);
        Assert.Contains("created (server dry run)", await _kubectl.RunAsync("create", "-f", file, "--dry-run=server"), StringComparison.Ordinal);
        Assert.Contains("(NotFound)", await _kubectl.FailAsync("get", "flinkdep", "orders"), StringComparison.Ordinal);
        var wrong = _kubectl.ManifestFile(Orders.Replace("v1_20", "v9_9"));
        Assert.Contains("spec.flinkVersion: Unsupported value: \"v9_9\"", await _kubectl.FailAsync("create", "-f", wrong), StringComparison.Ordinal);
        await _kubectl.RunAsync("create", "-f", file);
        Assert.Contains("configured (server dry run)", await _kubectl.RunAsync("apply", "-f", _kubectl.ManifestFile(Orders.Replace("parallelism: 2", "parallelism: 5")), "--dry-run=server"), StringComparison.Ordinal);
        Assert.Contains("edited", await _kubectl.RunAsync("edit", "flinkdep", "orders"), StringComparison.Ordinal);
        Assert.Equal("7", await _kubectl.RunAsync("get", "flinkdep", "orders", "-o", "jsonpath={.spec.job.parallelism}"));
    }

    [KubectlFact]
    public async Task StaleReplacement_Conflicts()
    {
        await _kubectl.RunAsync("create", "-f", _kubectl.ManifestFile(Orders));
        var stale = _kubectl.ManifestFile(await _kubectl.RunAsync("get", "flinkdep", "orders", "-o", "yaml"));
        Assert.Contains("replaced", await _kubectl.RunAsync("replace", "-f", _kubectl.ManifestFile((await File.ReadAllTextAsync(stale)).Replace("parallelism: 2", "parallelism: 6"))), StringComparison.Ordinal);
        var refused = await _kubectl.FailAsync("replace", "-f", stale);
        Assert.Contains("(Conflict)", refused, StringComparison.Ordinal);
        Assert.Contains("the object has been modified", refused, StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task FinalizerHoldsADeletion_UntilItIsRemoved()
    {
        await _kubectl.RunAsync("create", "-f", _kubectl.ManifestFile(Orders.Replace("labels: {team: a}", "finalizers: [example.com/hold]")));
        var deletion = _kubectl.Start("delete", "flinkdep", "orders", "--timeout=20s");
        await World.Objects.WaitForChangeAsync(World.Objects.Find(ResourceTypes.FlinkDeployments, "default", "orders")!.ResourceVersion, CancellationToken.None);
        Assert.NotEmpty(await _kubectl.RunAsync("get", "flinkdep", "orders", "-o", "jsonpath={.metadata.deletionTimestamp}"));
        Assert.False(deletion.HasExited);
        await _kubectl.RunAsync("patch", "flinkdep", "orders", "--type=merge", "-p", """{"metadata":{"finalizers":null}}""");
        var (code, output, error) = await Kubectl.EndAsync(deletion);
        Assert.True(code == 0, error);
        Assert.Contains("\"orders\" deleted", output, StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task Get_InAllOutputs()
    {
        await _kubectl.RunAsync("create", "-f", _kubectl.ManifestFile(Orders));
        World.Objects.Update(ResourceTypes.FlinkDeployments, "default", "orders", o =>
        {
            o["status"] = new JsonObject { ["lifecycleState"] = "STABLE", ["jobStatus"] = new JsonObject { ["state"] = "RUNNING" } };
            return o;
        }, WritePart.Status);
        Assert.Matches(@"^NAME\s+JOB STATUS\s+LIFECYCLE STATE\norders\s+RUNNING\s+STABLE\n$", await _kubectl.RunAsync("get", "flinkdep"));
        Assert.Matches(@"^NAMESPACE\s+NAME\s+JOB STATUS", await _kubectl.RunAsync("get", "flinkdeployments", "-A"));
        Assert.Equal("flinkdeployment.flink.apache.org/orders\n", await _kubectl.RunAsync("get", "flinkdep", "-o", "name"));
        Assert.Equal("STABLE", (string?)JsonNode.Parse(await _kubectl.RunAsync("get", "flinkdep", "orders", "-o", "json"))!["status"]!["lifecycleState"]);
        Assert.Contains("upgradeMode: savepoint", await _kubectl.RunAsync("get", "flinkdep", "orders", "-o", "yaml"), StringComparison.Ordinal);
        Assert.Matches(@"^N\s+S\norders\s+STABLE\n$", await _kubectl.RunAsync("get", "flinkdep", "-o", "custom-columns=N:.metadata.name,S:.status.lifecycleState"));
        Assert.Equal("orders,", await _kubectl.RunAsync("get", "flinkdep", "-o", "go-template={{range .items}}{{.metadata.name}},{{end}}"));
        Assert.Contains("team=a", await _kubectl.RunAsync("get", "flinkdep", "--show-labels"), StringComparison.Ordinal);
        Assert.Contains("orders", await _kubectl.RunAsync("get", "flinkdep", "-l", "team in (a,b)", "--no-headers"), StringComparison.Ordinal);
        Assert.Equal("", await _kubectl.RunAsync("get", "flinkdep", "-l", "team=b", "--no-headers"));
        var described = await _kubectl.RunAsync("describe", "flinkdep", "orders");
        Assert.Contains("Lifecycle State:  STABLE", described, StringComparison.Ordinal);
        Assert.Contains("Events:", described, StringComparison.Ordinal);
        Assert.Contains("flinkdep", await _kubectl.RunAsync("api-resources", "--api-group=flink.apache.org"), StringComparison.Ordinal);
        Assert.Contains("flink.apache.org/v1beta1\n", await _kubectl.RunAsync("api-versions"), StringComparison.Ordinal);
        Assert.Equal("ok", await _kubectl.RunAsync("get", "--raw", "/readyz"));
        Assert.Contains("v1.36.2", await _kubectl.RunAsync("version"), StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task Watch_PrintsChangesAsTheyHappen()
    {
        await _kubectl.RunAsync("create", "-f", _kubectl.ManifestFile(Orders));
        using var watch = _kubectl.Start("get", "flinkdep", "--watch", "--output-watch-events", "--no-headers");
        Assert.Matches(@"^ADDED\s+orders", await LineAsync(watch.StandardOutput));
        World.Objects.Update(ResourceTypes.FlinkDeployments, "default", "orders", o => { o["status"] = new JsonObject { ["lifecycleState"] = "DEPLOYED" }; return o; }, WritePart.Status);
        Assert.Matches(@"^MODIFIED\s+orders\s+(<none>\s+)?DEPLOYED", await LineAsync(watch.StandardOutput));
        World.Objects.Delete(ResourceTypes.FlinkDeployments, "default", "orders");
        Assert.Matches(@"^DELETED\s+orders", await LineAsync(watch.StandardOutput));
        watch.Kill();
    }

    [KubectlFact]
    public async Task Pods_AreListed_Described_AndTheirLogsFollowed()
    {
        AddPod();
        Assert.Matches(@"^NAME\s+READY\s+STATUS\s+RESTARTS\s+AGE\norders-0\s+1/1\s+Running\s+2 ", await _kubectl.RunAsync("get", "pods"));
        Assert.Matches(@"orders-0\s+1/1\s+Running.*10\.0\.0\.7\s+node-1", await _kubectl.RunAsync("get", "pods", "-o", "wide", "--field-selector=spec.nodeName=node-1"));
        var described = await _kubectl.RunAsync("describe", "pod", "orders-0");
        Assert.Matches(@"Node:\s+node-1", described);
        Assert.Matches(@"Restart Count:\s+2", described);
        Assert.Equal("first\nsecond\n", await _kubectl.RunAsync("logs", "orders-0"));
        Assert.Equal("second\n", await _kubectl.RunAsync("logs", "orders-0", "--tail=1"));
        Assert.Equal("before\n", await _kubectl.RunAsync("logs", "orders-0", "--previous"));
        Assert.Matches(@"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{9}Z first\n", await _kubectl.RunAsync("logs", "orders-0", "--timestamps"));
        Assert.Contains("container x is not valid for pod orders-0", await _kubectl.FailAsync("logs", "orders-0", "-c", "x"), StringComparison.Ordinal);
        using var follow = _kubectl.Start("logs", "-f", "orders-0", "--tail=1");
        Assert.Equal("second", await LineAsync(follow.StandardOutput));
        World.Logs.Append("uid-1", "main", 2, World.Now, "third");
        Assert.Equal("third", await LineAsync(follow.StandardOutput));
        World.Logs.Close("uid-1", "main", 2);
        await follow.WaitForExitAsync();
        Assert.Equal(0, follow.ExitCode);
        Assert.Contains("the sandbox does not support", await _kubectl.FailAsync("exec", "orders-0", "--", "ls"), StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task OtherObjects_AreMadeAndFound()
    {
        Assert.Contains("namespace/shop created", await _kubectl.RunAsync("create", "namespace", "shop"), StringComparison.Ordinal);
        Assert.Contains("configmap/c created", await _kubectl.RunAsync("create", "configmap", "c", "-n", "shop", "--from-literal=a=b"), StringComparison.Ordinal);
        Assert.Contains("role.rbac.authorization.k8s.io/r created", await _kubectl.RunAsync("create", "role", "r", "-n", "shop", "--verb=get", "--resource=pods"), StringComparison.Ordinal);
        Assert.Matches(@"c\s+1\s+", await _kubectl.RunAsync("get", "cm", "-n", "shop"));
        Assert.Equal("get", await _kubectl.RunAsync("get", "role", "r", "-n", "shop", "-o", "jsonpath={.rules[0].verbs[0]}"));
        Assert.Matches(@"shop\s+Active", await _kubectl.RunAsync("get", "ns"));
        Assert.Contains("flinkdeployments.flink.apache.org", await _kubectl.RunAsync("get", "crd"), StringComparison.Ordinal);
        Assert.Contains("condition met", await _kubectl.RunAsync("wait", "crd/flinkdeployments.flink.apache.org", "--for=condition=Established", "--timeout=5s"), StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task Rights_AreAskedAndEnforced()
    {
        Assert.Equal("yes\n", await _kubectl.RunAsync("auth", "can-i", "delete", "flinkdeployments"));
        Assert.Contains("no", await _kubectl.FailAsync("auth", "can-i", "delete", "flinkdeployments", "--as=viewer", "--as-group=flink-viewers"), StringComparison.Ordinal);
        Assert.Equal("yes\n", await _kubectl.RunAsync("--context=viewer", "auth", "can-i", "list", "pods", "-A"));
        Assert.Contains("Resources", await _kubectl.RunAsync("--context=viewer", "auth", "can-i", "--list"), StringComparison.Ordinal);
        var refused = await _kubectl.FailAsync("--context=viewer", "create", "-f", _kubectl.ManifestFile(Orders));
        Assert.Contains("flinkdeployments.flink.apache.org is forbidden: User \"viewer\" cannot create resource \"flinkdeployments\" in API group \"flink.apache.org\" in the namespace \"default\"", refused, StringComparison.Ordinal);
        Assert.Contains("secrets is forbidden", await _kubectl.FailAsync("--context=viewer", "get", "secrets"), StringComparison.Ordinal);
    }

    [KubectlFact]
    public async Task BadSpec_IsDeniedByTheOperatorsWebhook()
    {
        InstalledOperator.AddTo(World);
        InstalledOperator.AwaitReady(World);
        var denied = await _kubectl.FailAsync("create", "-f", _kubectl.ManifestFile(Orders));
        Assert.Contains("Error from server: error when creating", denied, StringComparison.Ordinal);
        Assert.EndsWith("admission webhook \"validationwebhook.flink.apache.org\" denied the request: Checkpoint directory[execution.checkpointing.dir] must be defined for last-state and savepoint upgrade modes", denied.TrimEnd(), StringComparison.Ordinal);
        var good = _kubectl.ManifestFile(InstalledOperator.Application("orders").ToJsonString());
        Assert.Contains("orders created (server dry run)", await _kubectl.RunAsync("create", "--dry-run=server", "-f", good), StringComparison.Ordinal);
        Assert.Matches(@"mutatingwebhookconfiguration\S*/flink-operator-flink-kubernetes-operator-ns-webhook-configuration", await _kubectl.RunAsync("get", "mutatingwebhookconfigurations", "-o", "name"));
    }

    private static async Task<string> LineAsync(StreamReader lines)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await lines.ReadLineAsync(patience.Token) ?? throw new EndOfStreamException();
    }

    private void AddPod()
    {
        World.Objects.Create(ResourceTypes.Pods, JsonNode.Parse("""
            {"metadata":{"name":"orders-0","namespace":"default","uid":"uid-1","labels":{"app":"orders"}},
             "spec":{"nodeName":"node-1","containers":[{"name":"main","image":"flink:1.20","resources":{}}]},
             "status":{"phase":"Running","podIP":"10.0.0.7","podIPs":[{"ip":"10.0.0.7"}],"conditions":[{"type":"Ready","status":"True"}],
               "containerStatuses":[{"name":"main","image":"flink:1.20","imageID":"","ready":true,"restartCount":2,"state":{"running":{"startedAt":"2026-11-24T15:00:00Z"}},
                 "lastState":{"terminated":{"exitCode":1,"reason":"Error","startedAt":"2026-11-24T14:00:00Z","finishedAt":"2026-11-24T14:59:00Z"}}}]}}
            """)!.AsObject(), part: WritePart.All);
        World.Logs.Append("uid-1", "main", 1, World.Now, "before");
        World.Logs.Close("uid-1", "main", 1);
        World.Logs.Append("uid-1", "main", 2, World.Now, "first\nsecond");
    }
}
