-- :checkhealth zhubi

local M = {}

function M.check()
  local health = vim.health
  health.start('朱笔')

  local version = tostring(vim.version())
  if vim.fn.has('nvim-0.10') == 1 then
    health.ok('Neovim ' .. version)
  else
    health.error('Neovim ' .. version .. ' 太旧', '至少要 0.10')
  end

  local clients = vim.lsp.get_clients({ name = 'zhubi' })
  local found = vim.api.nvim_get_runtime_file('lsp/zhubi.lua', false)[1]
  local program = require('zhubi.program')
  local version, why = program.version()
  if version then
    health.ok(('%s：%s'):format(vim.fn.exepath(program.command_line()[1]), version))
  else
    health.error(why, { '把 zhubi 放进 PATH', "或者 require('zhubi').setup({ cmd = { '/路径/zhubi', 'lsp' } })" })
  end

  if found then
    health.ok(found)
  else
    health.error('runtimepath 上没有 lsp/zhubi.lua')
  end

  if #clients > 0 then
    for _, client in ipairs(clients) do
      local buffers = vim.tbl_count(client.attached_buffers or {})
      health.ok(('服务在运行，%d个文稿，目录 %s'):format(buffers, client.config.root_dir or '（无）'))
    end
  else
    health.info("服务没有运行：打开 text 或 markdown 文件时启动；要先写 vim.lsp.enable('zhubi')（0.11）或 require('zhubi').setup()")
  end

  local project = vim.fs.find('zhubi.toml', { upward = true, path = vim.fn.getcwd() })[1]
  health.info(project and ('项目的配置 ' .. project) or '当前文件夹及以上没有 zhubi.toml，用默认配置')
end

return M
