<?php

// Lets PHP's own web server do for SimpleSAMLphp what Apache's Alias does: addresses under
// /simplesaml/ are files of its www folder, and what follows a script's name is its
// PATH_INFO.

$www = getenv('PATCHWORK_SIMPLESAMLPHP') . '/www';
$path = parse_url($_SERVER['REQUEST_URI'], PHP_URL_PATH);
if (!is_string($path) || !preg_match('#^/simplesaml(/.*)$#', $path, $found)) {
    http_response_code(404);
    return true;
}
[$script, $info] = preg_match('#^(/.*?\.php)(/.*)?$#', $found[1], $parts)
    ? [$parts[1], $parts[2] ?? '']
    : [$found[1], ''];
$file = realpath($www . rawurldecode($script));
if ($file === false || !is_file($file) || !str_starts_with($file, realpath($www) . '/')) {
    http_response_code(404);
    return true;
}
if (!str_ends_with($file, '.php')) {
    $types = ['css' => 'text/css', 'js' => 'text/javascript', 'png' => 'image/png', 'svg' => 'image/svg+xml', 'ico' => 'image/x-icon'];
    header('Content-Type: ' . ($types[pathinfo($file, PATHINFO_EXTENSION)] ?? 'application/octet-stream'));
    readfile($file);
    return true;
}
$_SERVER['SCRIPT_FILENAME'] = $file;
$_SERVER['SCRIPT_NAME'] = $_SERVER['PHP_SELF'] = '/simplesaml' . $script;
if ($info === '') {
    unset($_SERVER['PATH_INFO']);
} else {
    $_SERVER['PATH_INFO'] = $info;
}
chdir(dirname($file));
require $file;
